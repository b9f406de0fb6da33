import type { Route } from '@credatlas/ports';
import type { ExportDesk, QueryDependencies } from '@credatlas/query';
import { expect, test } from 'vitest';
import { apiRoutes } from './apiRoutes.ts';
import type { CommandSpec } from './commandSpec.ts';
import { commandTable } from './commandTable.ts';

/** A command by its first words, what it asks, and what stands in its operands instead of a flag of that name. */
interface Asking {
  operations: string[];
  operands?: string[];
  /** Flags that are for the command line alone, with the reason. */
  own?: Record<string, string>;
}

const words = ['q'];
const market = { operands: words };
const askings: Record<string, Asking> = {
  search: { operations: ['searchCredentials'], operands: words },
  coverage: { operations: ['findCoverage', 'findCoverageOfText'], operands: ['skills'] },
  bundles: { operations: ['findBundles', 'findBundlesOfText'], operands: ['skills'] },
  compare: { operations: ['compareCredentials'], operands: ['ids'] },
  pathways: { operations: ['findPathways'] },
  checks: { operations: ['checkCredential'] },
  similar: { operations: ['findSimilar'] },
  show: { operations: ['getCredential', 'getGraph'], own: { source: 'chooses between the two' } },
  references: { operations: ['getReferences'] },
  report: { operations: ['getProviderReport'] },
  suggest: { operations: ['suggest'], operands: words },
  skill: { operations: ['getSkill'] },
  skills: { operations: ['listSkills'], operands: words },
  organization: { operations: ['getOrganization'] },
  organizations: { operations: ['listOrganizations'], operands: words },
  market: { operations: ['marketTable'], ...market },
  'market concentration': { operations: ['marketConcentration'], ...market },
  'market credit': { operations: ['marketCredit'], ...market },
  'market deserts': { operations: ['marketDeserts'], ...market },
  'market supply': { operations: ['marketSupply'], ...market },
  'market growth': { operations: ['marketGrowth'], ...market },
  'market changes': { operations: ['marketChanges'], ...market },
  'market staleness': { operations: ['marketStaleness'], ...market },
  'market lapsing': { operations: ['marketLapsing'], ...market },
  'market presence': { operations: ['marketPresence'], ...market },
  'market outcomes': { operations: ['marketOutcomes'], ...market },
  'market classifications': { operations: ['listClassifications'] },
  rules: {
    operations: ['listRules', 'getRuleResults', 'getCredentialRules'],
    operands: ['q', 'rule'],
    own: { id: 'the credential of the path' },
  },
  'shortlists list': { operations: ['listShortlists'] },
  'shortlists show': { operations: ['getShortlist'] },
  'shortlists export': { operations: ['getShortlist'], operands: ['format'] },
  'shortlists import': {
    operations: ['putShortlist'],
    operands: ['entries', 'title', 'scope'],
    own: { name: 'the name of the path' },
  },
  'shortlists delete': { operations: ['deleteShortlist'] },
  'clusters list': { operations: ['listClusters'] },
  'clusters apart': { operations: ['keepApart'] },
  'clusters together': { operations: ['allowTogether'] },
  'saved-queries list': { operations: ['listSavedQueries'] },
  'saved-queries show': { operations: ['getSavedQuery'] },
  'saved-queries save': { operations: ['putSavedQuery'], operands: words },
  'saved-queries changes': { operations: ['getSavedQueryChanges'] },
  'saved-queries delete': { operations: ['deleteSavedQuery'] },
  validate: {
    operations: ['validateDocument'],
    operands: ['document', 'documents', 'mediaType', 'uri'],
    own: { resolve: 'files where the body has neighbours' },
  },
  export: {
    operations: ['orderExport'],
    operands: words,
    own: { output: 'the file, where a server keeps one' },
  },
};

/** What no command asks, and why. */
const unasked: Record<string, string> = {
  getResource: 'show --source prints the graph, which holds it',
  listExports: 'as getExport',
  getExport: 'exports of the command line are written at once: there is nothing to look at',
  getExportFile: 'as getExport',
  getExportDictionary: 'stands beside the file, in FILE.about.json',
  cancelExport: 'Ctrl-C ends one',
};

/** What has no flag on purpose, and why: operation and parameter. */
const withoutFlag: Record<string, string> = {
  'getShortlist format': 'shortlists export prints the table',
  'searchCredentials format=parquet': 'no text: export writes it',
  'validateDocument neighbours': 'validate --resolve names files',
};

/** Commands that ask no route: they keep the store and its index. */
const ofTheStore = 'serve crawl sources normalize mcp stats config backup restore'.split(' ').concat('index rebuild');

/** Only the table is looked at: nothing is asked. */
const routes = apiRoutes({} as QueryDependencies, {} as ExportDesk);

/** As much of a schema as names of parameters are read from. */
interface Shaped {
  shape: Record<string, unknown>;
}

const nameOf = ({ name }: CommandSpec): string => name.replace(/\s*[[<].*$/, '');
const flagsOf = ({ options = [] }: CommandSpec): string[] => options.map((option) => option.attributeName());
const shapeOf = (schema: unknown): string[] => Object.keys((schema as Shaped | undefined)?.shape ?? {});

/** Query parameters and members of the body, `format` where there is more than JSON; a saved query lies within its body. */
function parametersOf({ request, response, method }: Route): string[] {
  const members = method === 'GET' ? [] : shapeOf(request.body);
  const within = members.includes('query') ? shapeOf((request.body as unknown as Shaped).shape.query) : [];
  const forms = response.forms && response.forms.length > 0 ? ['format'] : [];
  return [...new Set([...shapeOf(request.query), ...members.filter((name) => name !== 'query'), ...within, ...forms])];
}

test('every operation has its command, or a reason why not', () => {
  const asked = new Set(Object.values(askings).flatMap(({ operations }) => operations));
  const silent = routes.map(({ operationId }) => operationId).filter((id) => !asked.has(id) && !(id in unasked));
  expect(silent).toEqual([]);
  const known = new Set(routes.map(({ operationId }) => operationId));
  expect([...asked, ...Object.keys(unasked)].filter((id) => !known.has(id))).toEqual([]);
});

test('every command asks what the table says, or keeps the store', () => {
  const names = commandTable.map(nameOf);
  expect(names.filter((name) => !(name in askings) && !ofTheStore.includes(name))).toEqual([]);
  expect(Object.keys(askings).filter((name) => !names.includes(name))).toEqual([]);
});

test('every parameter of an operation has its flag in the command that asks it', () => {
  const missing = Object.entries(askings).flatMap(([name, { operations, operands = [] }]) => {
    const flags = flagsOf(commandTable.find((each) => nameOf(each) === name)!);
    return operations.flatMap((id) =>
      parametersOf(routes.find(({ operationId }) => operationId === id)!)
        .filter((parameter) => !flags.includes(parameter) && !operands.includes(parameter))
        .map((parameter) => `${id} ${parameter}`),
    );
  });
  expect(missing.filter((each) => !(each in withoutFlag))).toEqual([]);
});

test('every flag of a command that asks is a parameter of what it asks', () => {
  const strange = Object.entries(askings).flatMap(([name, { operations, own = {} }]) => {
    const all = operations.flatMap((id) => parametersOf(routes.find(({ operationId }) => operationId === id)!));
    const spec = commandTable.find((each) => nameOf(each) === name)!;
    return flagsOf(spec)
      .filter((flag) => !all.includes(flag) && !(flag in own))
      .map((flag) => `${name} --${flag}`);
  });
  expect(strange).toEqual([]);
});

test('a flag names the forms that the operation has', () => {
  const told = Object.entries(askings).flatMap(([name, { operations }]) => {
    const option = commandTable.find((each) => nameOf(each) === name)?.options?.find(({ long }) => long === '--format');
    if (!option || name === 'export') return [];
    const forms = operations.flatMap((id) => {
      const { response } = routes.find(({ operationId }) => operationId === id)!;
      return response.forms?.map(({ format }) => format) ?? [];
    });
    const wanted = [...new Set(forms)].filter((form) => !(`${operations[0]} format=${form}` in withoutFlag));
    const named = /^(.*); words/.exec(option.description)?.[1]?.split(/, | or /) ?? [];
    return named.join() === ['json', ...wanted].join() ? [] : [`${name}: ${named.join()} for ${wanted.join()}`];
  });
  expect(told).toEqual([]);
});
