// Writes the fact tables of the sample market from a folder of public tables (bulk/nj, bulk/ipeds, bulk/crosswalks, taxonomies).
// Names, codes and numbers only; no prose columns, no contact data, no EIN or DUNS, no definitions. See NOTICE for whose they are.
// Usage: node ops/run.mjs node ops/market/build.ts FOLDER
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

type Row = Record<string, string>;

/** States whose institutions come along: New Jersey and its neighbours in the labour market. */
const states = new Set(['NJ', 'NY', 'PA', 'CT', 'DE', 'MA', 'MD', 'RI']);
/** Occupations taken per programme of study, and skills per occupation: enough to find by, few enough to stay honest. */
const maxOccupations = 3;
const maxSkills = 6;

/** File name → its text. */
export function factTables(folder: string): Map<string, string> {
  const programmes = programmesWithProvider(folder);
  const cips = new Set(programmes.map(({ cipcode = '' }) => cip(cipcode)).filter((code) => code !== ''));
  const licences = read(folder, 'bulk/nj/nj_licenses.csv').filter(notDeleted);
  const occupationsOf = cipOccupations(folder, cips);
  const occupations = new Set([
    ...[...occupationsOf.values()].flat(),
    ...licences.map(({ CODE = '' }) => CODE.slice(0, 7)),
  ]);
  return new Map([
    ['programmes.tsv', programmeTable(programmes)],
    [
      'licences.tsv',
      table(
        ['id', 'name', 'soc'],
        licences.map(({ ID, NAME, CODE = '' }) => [ID, title(NAME), CODE.slice(0, 7)]),
      ),
    ],
    [
      'certifications.tsv',
      table(
        ['id', 'name'],
        certifications(folder).map(({ ID, NAME }) => [ID, clean(NAME)]),
      ),
    ],
    ['institutions.tsv', institutionTable(folder)],
    ['fields.tsv', fieldTable(folder, cips, occupationsOf)],
    ['occupations.tsv', occupationTable(folder, occupations)],
    ['skills.tsv', skillTable(folder, occupations)],
  ]);
}

/** Some programmes name their provider by number only; its name stands in the table of providers. */
function programmesWithProvider(folder: string): Row[] {
  const providers = new Map(read(folder, 'bulk/nj/nj_providers.csv').map((row) => [row.providerid ?? '', row]));
  return read(folder, 'bulk/nj/nj_etpl_programs.csv').map((row) => {
    const provider = row.name ? undefined : providers.get(row.providerid ?? '');
    const place = ['name', 'street1', 'city', 'state', 'zip', 'county', 'website', 'typeid'].map((column) => [
      column,
      row[column] || provider?.[column] || '',
    ]);
    return { ...row, ...Object.fromEntries(place) };
  });
}

function read(folder: string, file: string, delimiter = ','): Row[] {
  return parse(readFileSync(join(folder, file)), {
    columns: true,
    bom: true,
    delimiter,
    relax_quotes: true,
    skip_empty_lines: true,
  }) as Row[];
}

function notDeleted({ ISDELETED }: Row): boolean {
  return ISDELETED !== '1';
}

function certifications(folder: string): Row[] {
  const rows = read(folder, 'bulk/nj/nj_industry_credentials.csv').filter(
    (row) => notDeleted(row) && clean(row.NAME).length > 3,
  );
  return [...new Map(rows.map((row) => [clean(row.NAME).toLowerCase(), row])).values()];
}

const programmeColumns = [
  'programid',
  'officialname',
  'cipcode',
  'tuition',
  'fees',
  'booksmaterialscost',
  'suppliestoolscost',
  'othercosts',
  'totalcost',
  'totalclockhours',
  'calendarlengthid',
  'credit',
  'degreeawarded',
  'licenseawardedname',
  'industrycredentialname',
  'credentialtype',
  'distancelearning',
  'providerid',
  'name',
  'street1',
  'city',
  'state',
  'zip',
  'county',
  'website',
  'typeid',
];

function programmeTable(rows: Row[]): string {
  // Some programmes are listed twice under one number, some have none.
  const distinct = [
    ...new Map(rows.map((row) => [`${row.programid} ${row.providerid} ${row.officialname}`, row])).values(),
  ].sort((a, b) => Number(a.programid) - Number(b.programid));
  return table(
    programmeColumns,
    distinct.map((row) =>
      programmeColumns.map((column) => (column === 'cipcode' ? cip(row[column] ?? '') : clean(row[column]))),
    ),
  );
}

function institutionTable(folder: string): string {
  const levels = Map.groupBy(
    read(folder, 'bulk/ipeds/ipeds_completers_by_award_level_c2018.csv'),
    ({ UNITID = '' }) => UNITID,
  );
  const rows = read(folder, 'bulk/ipeds/ipeds_institutions_hd2018.csv')
    .filter(({ STABBR = '', UNITID = '' }) => states.has(STABBR) && levels.has(UNITID))
    .map((row) => [
      row.UNITID,
      row.OPEID,
      row.INSTNM,
      row.ADDR,
      row.CITY,
      row.STABBR,
      row.ZIP,
      row.LATITUDE,
      row.LONGITUD,
      row.SECTOR,
      row.WEBADDR,
      (levels.get(row.UNITID ?? '') ?? [])
        .map(({ AWLEVELC }) => AWLEVELC)
        .sort()
        .join(' '),
    ]);
  const columns = [
    'unitid',
    'opeid',
    'name',
    'street',
    'city',
    'state',
    'zip',
    'latitude',
    'longitude',
    'sector',
    'website',
    'levels',
  ];
  return table(
    columns,
    rows.map((row) => row.map(clean)),
  );
}

/** CIP → SOC codes, by the federal crosswalk. */
function cipOccupations(folder: string, cips: Set<string>): Map<string, string[]> {
  const pairs = read(folder, 'bulk/crosswalks/soc2018_cip2020_crosswalk.csv').filter(
    ({ SOC2018Code }) => SOC2018Code !== '99-9999',
  );
  const found = Map.groupBy(pairs, ({ CIP2020Code = '' }) => CIP2020Code);
  return new Map(
    [...cips].map((code) => [
      code,
      (found.get(code) ?? []).slice(0, maxOccupations).map(({ SOC2018Code = '' }) => SOC2018Code),
    ]),
  );
}

function fieldTable(folder: string, cips: Set<string>, occupations: Map<string, string[]>): string {
  const titles = new Map(
    read(folder, 'bulk/crosswalks/cip2020_full.csv').map((row) => [
      (row.CIPCode ?? '').replace(/[="]/g, ''),
      row.CIPTitle,
    ]),
  );
  const rows = [...cips]
    .sort()
    .map((code) => [code, clean(titles.get(code)).replace(/\.$/, ''), (occupations.get(code) ?? []).join(' ')]);
  return table(['cip', 'title', 'soc'], rows);
}

function occupationTable(folder: string, occupations: Set<string>): string {
  const titles = new Map(
    read(folder, 'bulk/crosswalks/soc2018_definitions.csv').map(({ SOCCode = '', SOCTitle = '' }) => [
      SOCCode,
      SOCTitle,
    ]),
  );
  return table(
    ['soc', 'title'],
    [...occupations]
      .filter((code) => titles.has(code))
      .sort()
      .map((code) => [code, clean(titles.get(code))]),
  );
}

/** Skill names by occupation: hot technologies of O*NET, and ESCO's essential skills by way of ISCO. */
function skillTable(folder: string, occupations: Set<string>): string {
  const technologies = read(folder, 'taxonomies/onet/technology_skills.tsv', '\t').filter(
    (row) => row['Hot Technology'] === 'Y',
  );
  const byOccupation = Map.groupBy(technologies, (row) => (row['O*NET-SOC Code'] ?? '').slice(0, 7));
  const isco = Map.groupBy(read(folder, 'bulk/crosswalks/soc_isco_crosswalk.csv'), ({ soc_code = '' }) => soc_code);
  const essential = Map.groupBy(
    read(folder, 'taxonomies/esco/isco_essential_esco_skills.csv'),
    ({ isco08_code = '' }) => isco08_code,
  );
  const rows = [...occupations].sort().flatMap((soc) => {
    const names = [...new Set((byOccupation.get(soc) ?? []).map(({ Example = '' }) => Example))].slice(0, maxSkills);
    const linked = (isco.get(soc) ?? []).flatMap(({ isco08_code = '' }) => essential.get(isco08_code) ?? []);
    const esco = [...new Map(linked.map((row) => [row.skill_uri, row])).values()].slice(0, maxSkills);
    return [
      ...names.map((name) => [soc, 'onet', '', name]),
      ...esco.map(({ skill_uri, skill_label }) => [soc, 'esco', skill_uri, skill_label]),
    ];
  });
  return table(
    ['soc', 'scheme', 'uri', 'label'],
    rows.map((row) => row.map(clean)),
  );
}

function cip(code: string): string {
  const digits = code.replace(/\D/g, '').padStart(6, '0');
  return /^\d{6}$/.test(digits) && digits !== '000000' ? `${digits.slice(0, 2)}.${digits.slice(2)}` : '';
}

function clean(text: string | undefined): string {
  return (text ?? '')
    .replace(/[\t\r\n]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function title(text: string | undefined): string {
  return clean(text)
    .toLowerCase()
    .replace(/(^|[\s(/-])\p{L}/gu, (start) => start.toUpperCase())
    .replace(/\b(Cpa|Lpn|Rn|Emt)\b/g, (word) => word.toUpperCase());
}

function table(columns: string[], rows: (string | undefined)[][]): string {
  return `${[columns, ...rows].map((row) => row.map((cell) => cell ?? '').join('\t')).join('\n')}\n`;
}

if (import.meta.main) {
  const folder = process.argv[2] ?? '';
  const target = join(import.meta.dirname, '..', '..', 'services', 'registry', 'facts');
  for (const [file, text] of factTables(folder)) writeFileSync(join(target, file), text);
}
