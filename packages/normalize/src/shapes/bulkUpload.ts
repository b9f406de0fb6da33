import { classNames, readCtid, registryIri } from '@credatlas/ctdl';
import { alignment, classByWords, concept, conditionWith, credit, creditUnit, iri, organization } from './pieces.ts';
import type { SourceNode } from './SourceNode.ts';
import { TargetNode, type Translation } from './Translation.ts';

/** Headings that only the registry's bulk-upload tables have; one of them makes a row. */
const naming = ['credential name', 'learning opportunity name', 'assessment name', 'organization name'];

/** A row of a bulk-upload table, its headings without regard to capitals and blanks. */
export function isBulkRow(value: Record<string, unknown>): boolean {
  // A row is flat: texts only. CTDL nodes have some of these names, too.
  if (!Object.values(value).every((cell) => typeof cell === 'string')) return false;
  const headings = new Set(Object.keys(value).map(heading));
  return (
    naming.some((name) => headings.has(name)) ||
    (headings.has('@id') && headings.has('@type') && headings.has('ceasn:competencytext'))
  );
}

export function heading(key: string): string {
  return key
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/\s*:\s*/g, ': ')
    .replace('ceasn: ', 'ceasn:')
    .replace('ceterms: ', 'ceterms:');
}

type Cell = { text: string; pointer: string };

/** Cells by heading, each once: what is left over is reported. */
class Row {
  readonly #cells: Map<string, Cell>;
  readonly #read = new Set<string>();

  constructor(source: SourceNode) {
    this.#cells = new Map(
      Object.entries(source.value).flatMap(([key, value]) =>
        typeof value === 'string' && value.trim() !== ''
          ? [
              [
                heading(key),
                { text: value.trim(), pointer: `${source.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` },
              ] as const,
            ]
          : [],
      ),
    );
  }

  cell(...names: string[]): Cell | undefined {
    for (const name of names) this.#read.add(name);
    return names.map((name) => this.#cells.get(name)).find((each) => each !== undefined);
  }

  /** The parts of a cell that lists several, divided by bars. */
  list(...names: string[]): Cell[] {
    const cell = this.cell(...names);
    return (cell?.text.split('|') ?? [])
      .map((text) => ({ text: text.trim(), pointer: cell!.pointer }))
      .filter(({ text }) => text !== '');
  }

  unread(): { name: string; pointer: string }[] {
    return [...this.#cells].filter(([name]) => !this.#read.has(name)).map(([name, { pointer }]) => ({ name, pointer }));
  }
}

const plain: Readonly<Record<string, readonly string[]>> = {
  'ceterms:name': ['credential name', 'learning opportunity name', 'assessment name', 'organization name', 'name'],
  'ceterms:description': ['description'],
  'ceterms:inLanguage': ['language'],
  'ceterms:codedNotation': ['coded notation'],
  'ceterms:alternateName': ['alternate name'],
  'ceterms:dateEffective': ['date effective'],
};

/** One row of the registry's bulk-upload tables in CTDL: a credential, a course or programme, an assessment or an organization. */
export function tellBulkRow(source: SourceNode, into: Translation): void {
  const row = new Row(source);
  const target = into.primary([classOf(row)], source);
  const ctid = row.cell('ctid');
  const read = readCtid(ctid?.text ?? '').ctid;
  if (read) target.id = registryIri(read);
  target.add('ceterms:ctid', ctid?.text, ctid?.pointer ?? '');
  for (const [property, names] of Object.entries(plain)) {
    const cell = row.cell(...names);
    target.add(property, cell?.text, cell?.pointer ?? '');
  }
  for (const { text, pointer } of row.list('keywords')) target.add('ceterms:keyword', text, pointer);
  for (const { text, pointer } of row.list('subjects'))
    target.add('ceterms:subject', alignment({ name: text, origin: pointer }), pointer);
  const page = row.cell('subject webpage');
  target.add('ceterms:subjectWebpage', iri(page?.text), page?.pointer ?? '');
  tellStatus(row, target);
  tellOwners(row, target);
  tellCredit(row, target);
  tellCodes(row, target);
  for (const { name, pointer } of row.unread())
    into.note(
      'unknown_heading',
      pointer,
      `The heading "${name}" is none of the bulk-upload tables'; its cells stay in the record.`,
    );
}

function classOf(row: Row): string {
  if (row.cell('assessment name')) return 'ceterms:AssessmentProfile';
  if (row.cell('organization name')) return 'ceterms:CredentialOrganization';
  const learning = row.cell('learning type')?.text;
  if (row.cell('learning opportunity name')) {
    if (/program/i.test(learning ?? '')) return 'ceterms:LearningProgram';
    return learning === undefined || /course/i.test(learning) ? 'ceterms:Course' : 'ceterms:LearningOpportunityProfile';
  }
  const stated = row.cell('credential type')?.text;
  const wanted = `ceterms:${stated?.replace(/^ceterms:/, '')}`.replace(/[\s-]+/g, '').toLowerCase();
  return classNames().find((name) => name.toLowerCase() === wanted) ?? classByWords(stated) ?? 'ceterms:Credential';
}

function tellStatus(row: Row, target: TargetNode): void {
  const credential = row.cell('credential status');
  const other = row.cell('life cycle status type', 'life cycle status');
  if (credential)
    target.add(
      'ceterms:credentialStatusType',
      concept(`credentialStat:${credential.text}`, credential.pointer),
      credential.pointer,
    );
  if (other)
    target.add('ceterms:lifeCycleStatusType', concept(`lifeCycle:${other.text}`, other.pointer), other.pointer);
  const version = row.cell('version identifier');
  if (!version) return;
  // "Catalog Version~2025-2026": what kind of version, and which.
  const [kind, code] = version.text.includes('~') ? version.text.split('~') : [undefined, version.text];
  const value = new TargetNode(['ceterms:IdentifierValue'], version.pointer);
  target.add(
    'ceterms:versionIdentifier',
    value
      .add('ceterms:identifierTypeName', kind, version.pointer)
      .add('ceterms:identifierValueCode', code, version.pointer),
    version.pointer,
  );
}

function tellOwners(row: Row, target: TargetNode): void {
  const owners = row.list('owned by');
  for (const each of owners) target.add('ceterms:ownedBy', partyOf(each), each.pointer);
  for (const each of row.list('offered by'))
    for (const same of /^same as owner$/i.test(each.text) ? owners : [each])
      target.add('ceterms:offeredBy', partyOf(same), each.pointer);
}

function partyOf({ text, pointer }: Cell): ReturnType<typeof organization> {
  const ctid = readCtid(text).ctid;
  return organization({ value: ctid ? registryIri(ctid) : text, pointer });
}

function tellCredit(row: Row, target: TargetNode): void {
  const value = row.cell(
    'credit unit value',
    'conditionprofile: credit unit value',
    'condition profile: credit unit value',
  );
  const unit = row.cell(
    'credit unit type',
    'conditionprofile: credit unit type',
    'condition profile: credit unit type',
  );
  const most = row.cell('credit unit max value');
  const kind = row.cell('conditionprofile: condition type', 'condition profile: condition type');
  const framework = row.list(
    'condition profile: required competency framework',
    'conditionprofile: required competency framework',
  );
  const told =
    value && credit({ value: value.text, unit: creditUnit(unit?.text) ?? prefixed(unit?.text), origin: value.pointer });
  if (told && most && Number(most.text) > Number(value.text) && told.properties.delete('schema:value'))
    told
      .add('schema:minValue', Number(value.text), value.pointer)
      .add('schema:maxValue', Number(most.text), most.pointer);
  const isCredential = target.types.some((type) => !/Course|Learning|Assessment|Organization/.test(type));
  if (!isCredential) {
    target.add('ceterms:creditValue', told, value?.pointer ?? '');
    return;
  }
  if (!told && framework.length === 0) return;
  const condition = conditionWith((value ?? framework[0])!.pointer);
  condition.add('ceterms:creditValue', told, value?.pointer ?? '');
  for (const { text, pointer } of framework) {
    const ctid = readCtid(text).ctid;
    const url = ctid ? registryIri(ctid) : text;
    condition.add(
      'ceterms:targetCompetency',
      alignment({ url, ...(iri(url) ? {} : { name: text }), origin: pointer }),
      pointer,
    );
  }
  target.add(
    kind && /recommend/i.test(kind.text) ? 'ceterms:recommends' : 'ceterms:requires',
    condition,
    condition.origin,
  );
}

function prefixed(unit: string | undefined): string | undefined {
  const name = unit?.replace(/^creditUnit:/, '').replace(/\s+/g, '');
  return name && /^[A-Z][A-Za-z]+$/.test(name) ? `creditUnit:${name}` : undefined;
}

function tellCodes(row: Row, target: TargetNode): void {
  const kinds = { occupation: 'occupationType', industry: 'industryType', cip: 'instructionalProgramType' };
  const headings = {
    occupation: ['occupations', 'occupation type', 'onet list'],
    industry: ['industries', 'naics list'],
    cip: ['cip list', 'instructional programs'],
  };
  const frameworks = {
    occupation: 'Standard Occupational Classification',
    industry: 'NAICS',
    cip: 'Classification of Instructional Programs',
  };
  for (const kind of ['occupation', 'industry', 'cip'] as const)
    for (const { text, pointer } of row.list(...headings[kind])) {
      const code = /^[\d.-]+/.exec(text)?.[0];
      const name = text.replace(/^[\d.-]+\s*/, '');
      target.add(
        `ceterms:${kinds[kind]}`,
        alignment({ code, name: name || undefined, framework: frameworks[kind], origin: pointer }),
        pointer,
      );
    }
  const identifier = row.cell('external identifier', 'conditionprofile: external identifier');
  if (identifier) {
    const value = new TargetNode(['ceterms:IdentifierValue'], identifier.pointer);
    target.add(
      'ceterms:identifier',
      value
        .add('ceterms:identifierTypeName', 'External Identifier', identifier.pointer)
        .add('ceterms:identifierValueCode', identifier.text, identifier.pointer),
      identifier.pointer,
    );
  }
  const catalog = row.cell('in catalog');
  target.add('ceterms:inCatalog', iri(catalog?.text), catalog?.pointer ?? '');
}
