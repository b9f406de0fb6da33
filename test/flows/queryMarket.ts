import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crawlSource, sourceOf } from '@credatlas/crawl';
import { type HttpAnswer, type Invocation, invokeRoute } from '@credatlas/http-express';
import { clusterChanges } from '@credatlas/identity';
import { followChanges, rebuildIndex, searchDocument } from '@credatlas/index';
import type { Credential } from '@credatlas/model';
import { Knowledge, normalizeChanges } from '@credatlas/normalize';
import type { AskedQuestion, Route } from '@credatlas/ports';
import { type QueryDependencies, queryRoutes, readClassifications, readRules } from '@credatlas/query';
import { EmbeddedSearchEngine } from '@credatlas/search-embedded';
import { openStore } from '@credatlas/store-sqlite';

const registry = 'https://credentialengineregistry.org';
export const publicUrl = 'http://credatlas.example';

type Document = Record<string, unknown>;

/** The kinds of the market's resources, by the digit that their CTIDs show. */
const digits = { organization: 1, course: 2, credential: 3, occupation: 4, action: 5, collection: 6 };
type Kind = keyof typeof digits;

export function ctid(kind: Kind, number: number): string {
  return `ce-00000000-0000-4000-8000-${digits[kind]}${String(number).padStart(11, '0')}`;
}

export function iri(kind: Kind, number: number): string {
  return `${registry}/resources/${ctid(kind, number)}`;
}

/** A graph in the registry's form, of one resource. */
export function graph(kind: Kind, number: number, node: Document): Document {
  const own = ctid(kind, number);
  return {
    '@context': 'https://credreg.net/ctdl/schema/context/json',
    '@id': `${registry}/graph/${own}`,
    '@graph': [{ '@id': iri(kind, number), 'ceterms:ctid': own, ...node }],
  };
}

export const en = (text: string) => ({ 'en-US': text });
export const concept = (target: string) => [
  { '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNode': target },
];
export const skill = (name: string) => ({
  '@type': 'ceterms:CredentialAlignmentObject',
  'ceterms:targetNodeName': en(name),
});
export const price = (amount: number, currency = 'USD') => [
  {
    '@type': 'ceterms:CostProfile',
    'ceterms:directCostType': concept('costType:AggregateCost'),
    'ceterms:price': amount,
    'ceterms:currency': currency,
  },
];
export const lasts = (duration: string) => [{ '@type': 'ceterms:DurationProfile', 'ceterms:exactDuration': duration }];
export const hours = (value: number, unit = 'SemesterHour') => [
  {
    '@type': 'ceterms:ValueProfile',
    'schema:value': value,
    'ceterms:creditUnitType': concept(`creditUnit:${unit}`),
  },
];
export const code = (framework: string, notation: string, name: string) => [
  {
    '@type': 'ceterms:CredentialAlignmentObject',
    'ceterms:frameworkName': en(framework),
    'ceterms:codedNotation': notation,
    'ceterms:targetNodeName': en(name),
  },
];
export const place = (city: string, region: string, country: string) => [
  {
    '@type': 'ceterms:Place',
    'ceterms:addressLocality': en(city),
    'ceterms:addressRegion': en(region),
    'ceterms:addressCountry': en(country),
  },
];

export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
  bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: answers are checked by the routes' own schemas; tests look into them freely.
  body: any;
}

export interface QueryMarket {
  routes: Route[];
  dependencies: QueryDependencies;
  /** `source`: another folder, which is crawled as a source of its own. */
  put(document: Document, source?: string): void;
  remove(kind: Kind, number: number, source?: string): void;
  /** Crawls, normalizes and (unless told otherwise) indexes what has changed. */
  update(options?: { isIndexed: boolean; knowledge?: Knowledge }): Promise<void>;
  rebuild(): Promise<{ documents: number }>;
  get(path: string, query?: Record<string, string>): Promise<Answer>;
  /** What the store holds, for those who count it themselves. */
  stored(): Promise<Credential[]>;
  /** Any method, with the right to write. */
  send(invocation: Invocation): Promise<Answer>;
  /** Brings what has been asked into the counts. */
  countQuestions(): Promise<void>;
  /** Moves the clock. */
  pass(ms: number): void;
  close(): Promise<void>;
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const progress = { report() {} };
const noNetwork = { fetch: () => Promise.reject(new TypeError('no network here')), close: async () => undefined };

/** A folder of documents behind the whole pipeline, each stage and adapter the real one. */
export async function openQueryMarket(
  folder: string,
  documents: Document[],
  options: { classifications?: string; rules?: string } = {},
): Promise<QueryMarket> {
  let now = Date.UTC(2026, 5, 1);
  const clock = { now: () => now, sleep: async () => undefined };
  const log = quiet;
  const store = openStore({ path: ':memory:', clock, log });
  const engine = EmbeddedSearchEngine.open({ writable: false, searchThreads: 0, clock, log });
  const {
    records,
    recordWriter,
    cursors,
    graphs,
    graphWriter,
    credentials,
    labels,
    shortlists,
    identities,
    history,
    savedQueries,
    questions,
  } = store;
  const dependencies: QueryDependencies = {
    credentials,
    labels,
    records,
    graphs,
    shortlists,
    identities,
    history,
    savedQueries,
    questions,
    questionNotes: { note: (question) => void noted.push({ ...question, count: 1 }) },
    engineOver: async (past) => {
      const small = EmbeddedSearchEngine.open({ writable: false, searchThreads: 0, clock, log });
      await small.apply(
        past.map((credential) => ({ op: 'upsert', document: searchDocument(credential, 0) })),
        0,
      );
      return small;
    },
    settle: async () => {
      await clusterChanges({ identities, log, progress });
      await followChanges({ credentials, engine, log, progress });
    },
    engine,
    vocabulary: engine,
    clock,
    publicUrl,
    staleAfterMonths: 18,
    classifications: readClassifications(options.classifications),
    rules: readRules(options.rules),
  };
  const routes = queryRoutes(dependencies);
  const noted: AskedQuestion[] = [];
  const shipped = new Knowledge();
  const folders = new Set([folder]);
  const fileOf = (own: string, source = folder): string => join(source, `${own}.json`);
  const market: QueryMarket = {
    routes,
    dependencies,
    put: (document, source = folder) => {
      const [node] = ((document.decoded_resource as Document | undefined) ?? document)['@graph'] as Document[];
      folders.add(source);
      mkdirSync(source, { recursive: true });
      writeFileSync(fileOf(String(node!['ceterms:ctid']), source), JSON.stringify(document, null, 2));
    },
    remove: (kind, number, source) => rmSync(fileOf(ctid(kind, number), source)),
    update: async ({ isIndexed, knowledge = shipped } = { isIndexed: true }) => {
      for (const each of folders) {
        const source = sourceOf(each, { cwd: '/' });
        await crawlSource({ source, records, recordWriter, cursors, fetcher: noNetwork, clock, log, progress });
      }
      await normalizeChanges({ records, graphs, graphWriter, clock, log, progress, knowledge });
      await clusterChanges({ identities, log, progress });
      if (isIndexed) await followChanges({ credentials, engine, log, progress });
    },
    rebuild: () => rebuildIndex({ credentials, engine, log, progress }),
    get: async (path, query = {}) => answerOf(await invokeRoute(routes, { path, query }, { log, clock, publicUrl })),
    stored: async () => {
      const all = await Array.fromAsync(credentials.allCredentials());
      return all.flatMap(({ credential }) => credential ?? []);
    },
    send: async (invocation) =>
      answerOf(await invokeRoute(routes, invocation, { log, clock, publicUrl, mayWrite: true })),
    countQuestions: async () => {
      await questions.addQuestions(new Date(now).toISOString().slice(0, 7), noted.splice(0));
    },
    pass: (ms) => {
      now += ms;
    },
    close: async () => {
      await engine.close();
      store.close();
    },
  };
  mkdirSync(folder, { recursive: true });
  for (const document of documents) market.put(document);
  await market.update();
  return market;
}

export async function answerOf({ status, headers, body, stream }: HttpAnswer): Promise<Answer> {
  const pieces = await Array.fromAsync(stream ?? [body], (piece) => Buffer.from(piece as Uint8Array));
  const bytes = Buffer.concat(pieces);
  const text = bytes.toString();
  const isJson = headers['content-type']?.includes('json') && !headers['content-type'].includes('ndjson');
  return { status, headers, bytes, text, body: isJson && text !== '' ? JSON.parse(text) : undefined };
}

const organization = (number: number, name: string, more: Document = {}): Document =>
  graph('organization', number, { '@type': 'ceterms:CredentialOrganization', 'ceterms:name': en(name), ...more });

const requires = (course: number) => ({
  'ceterms:requires': [
    { '@type': 'ceterms:ConditionProfile', 'ceterms:targetLearningOpportunity': [iri('course', course)] },
  ],
});

/** Eight credentials of three providers, small enough to know every answer by heart. */
export const documents: Document[] = [
  organization(1, 'Hudson College', {
    'ceterms:agentSectorType': concept('agentSector:Public'),
    'ceterms:agentType': concept('orgType:FourYear'),
    'ceterms:address': place('Newark', 'New Jersey', 'United States'),
  }),
  organization(2, 'Thames Academy', {
    'ceterms:agentSectorType': concept('agentSector:PrivateForProfit'),
    'ceterms:address': place('London', 'England', 'United Kingdom'),
  }),
  organization(3, 'Board of Quality'),
  graph('course', 1, {
    '@type': 'ceterms:Course',
    'ceterms:name': en('Working with data'),
    'ceterms:teaches': [skill('Data Analysis'), skill('Figures')],
  }),
  graph('occupation', 1, {
    '@type': 'ceterms:Occupation',
    'ceterms:name': en('Nursing assistants'),
    'ceterms:targetCompetency': [skill('Patient care')],
  }),
  graph('credential', 1, {
    '@type': 'ceterms:Certificate',
    'ceterms:name': en('Data Analysis Certificate'),
    'ceterms:description': en('Twelve weeks of tables and charts.'),
    'ceterms:ownedBy': [iri('organization', 1)],
    'ceterms:credentialStatusType': concept('credentialStat:Active'),
    'ceterms:inLanguage': ['en-US'],
    'ceterms:learningDeliveryType': concept('deliveryType:InPerson'),
    'ceterms:occupationType': code('Standard Occupational Classification', '15-2051', 'Data Scientists'),
    'ceterms:subject': [skill('Business intelligence')],
    'ceterms:estimatedCost': price(1500),
    'ceterms:estimatedDuration': lasts('P12W'),
    'ceterms:dateEffective': '2024-09',
    'ceterms:accreditedBy': [iri('organization', 3)],
    'ceterms:isPreparationFor': [
      { '@type': 'ceterms:ConditionProfile', 'ceterms:targetCredential': [iri('credential', 2)] },
    ],
    'ceterms:requires': [
      {
        '@type': 'ceterms:ConditionProfile',
        'ceterms:targetLearningOpportunity': [iri('course', 1)],
        'ceterms:creditValue': hours(6),
      },
    ],
  }),
  graph('credential', 2, {
    '@type': 'ceterms:BachelorDegree',
    'ceterms:name': en('Bachelor of Data Science'),
    'ceterms:ownedBy': [iri('organization', 1)],
    'ceterms:credentialStatusType': concept('credentialStat:Active'),
    'ceterms:inLanguage': ['en'],
    'ceterms:learningDeliveryType': concept('deliveryType:InPerson'),
    'ceterms:instructionalProgramType': code('Classification of Instructional Programs', '30.7001', 'Data Science'),
    'ceterms:estimatedCost': price(40_000),
    'ceterms:estimatedDuration': lasts('P4Y'),
    ...requires(1),
  }),
  graph('credential', 3, {
    '@type': 'ceterms:DigitalBadge',
    'ceterms:name': en('Analyst Badge'),
    'ceterms:ownedBy': [iri('organization', 2)],
    'ceterms:inLanguage': ['en-GB', 'fr'],
    'ceterms:learningDeliveryType': concept('deliveryType:OnlineOnly'),
    'ceterms:estimatedCost': price(0),
    'ceterms:estimatedDuration': lasts('P10D'),
    'ceterms:requires': [
      { '@type': 'ceterms:ConditionProfile', 'ceterms:targetCompetency': [skill('Data Analysis'), skill('Chess')] },
    ],
  }),
  graph('credential', 4, {
    '@type': 'ceterms:Certification',
    'ceterms:name': en('Welding Certification'),
    'ceterms:ownedBy': [iri('organization', 2)],
    'ceterms:estimatedCost': price(800.5, 'EUR'),
    'ceterms:requires': [
      { '@type': 'ceterms:ConditionProfile', 'ceterms:targetCompetency': [skill('Arc welding, "TIG"')] },
    ],
  }),
  graph('credential', 5, { '@type': 'ceterms:Certificate', 'ceterms:name': en('Café Management, the Basics') }),
  graph('credential', 6, {
    '@type': 'ceterms:Certificate',
    'ceterms:name': en('Nursing Assistant Certificate'),
    'ceterms:ownedBy': [iri('organization', 1)],
    'ceterms:occupationType': concept(iri('occupation', 1)),
    'ceterms:estimatedCost': price(500),
    'ceterms:estimatedDuration': lasts('P12W'),
  }),
  graph('credential', 7, {
    '@type': 'ceterms:MicroCredential',
    'ceterms:name': en('Data Analysis Sprint'),
    'ceterms:ownedBy': [iri('organization', 1)],
    'ceterms:estimatedCost': price(1000),
    'ceterms:estimatedDuration': lasts('P6W'),
    'ceterms:requires': [
      {
        '@type': 'ceterms:ConditionProfile',
        'ceterms:targetLearningOpportunity': [iri('course', 1)],
        'ceterms:targetCompetency': [skill('Chess')],
        'ceterms:creditValue': hours(6),
      },
    ],
  }),
  graph('credential', 8, {
    '@type': 'ceterms:Certificate',
    'ceterms:name': en('Nurses at Night'),
    'ceterms:ownedBy': [iri('organization', 2)],
    'ceterms:dateEffective': '2023-01-15',
  }),
  // The only form of recognition that has dates.
  graph('action', 1, {
    '@type': 'ceterms:AccreditAction',
    'ceterms:actingAgent': [iri('organization', 3)],
    'ceterms:object': iri('credential', 2),
    'ceterms:startDate': '2024-01-01',
    'ceterms:endDate': '2025-12-31',
  }),
  graph('collection', 1, {
    '@type': 'ceterms:Collection',
    'ceterms:name': en('Short ones'),
    'ceterms:hasMember': [iri('credential', 1), iri('credential', 3), iri('credential', 7)],
  }),
];
