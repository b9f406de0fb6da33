import { clean, type Row, read, table, website, zip } from './tables.ts';

/** New Jersey's programmes with where they are held; what they prepare for as the ids of the other two tables. */
export function programmeRows(folder: string): Row[] {
  const licences = new Set(licenceRows(folder).map(({ ID }) => ID));
  const certifications = new Map(certificationRows(folder).map(({ ID = '', NAME }) => [folded(NAME), ID]));
  const providers = new Map(read(folder, 'bulk/nj/nj_providers.csv').map((row) => [row.providerid ?? '', row]));
  const rows = read(folder, 'bulk/nj/nj_etpl_programs.csv').map((row) => ({
    ...row,
    ...placeOf(row, providers.get(row.providerid ?? '')),
    cipcode: cip(row.cipcode ?? ''),
    licence: licences.has(row.licenseawarded) ? (row.licenseawarded ?? '') : '',
    certification: certifications.get(folded(row.industrycredentialname)) ?? '',
  }));
  // Some programmes are listed twice under one number, some have none.
  const distinct = new Map(rows.map((row: Row) => [`${row.programid} ${row.providerid} ${row.officialname}`, row]));
  return [...distinct.values()].sort((a, b) => Number(a.programid) - Number(b.programid));
}

/** Some programmes name their provider by number only; the rest may stand in the table of providers. */
function placeOf(row: Row, listed: Row | undefined): Row {
  const from = row.name ? row : (listed ?? {});
  return {
    name: from.name ?? '',
    street1: from.street1 ?? '',
    city: from.city ?? '',
    state: from.state ?? '',
    zip: zip(from.zip),
    website: website(from.website),
  };
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
  'licence',
  'licenseawardedname',
  'certification',
  'industrycredentialname',
  'credentialtype',
  'distancelearning',
  'providerid',
  'name',
  'street1',
  'city',
  'state',
  'zip',
  'website',
];

export function programmeTable(rows: Row[]): string {
  return table(
    programmeColumns,
    rows.map((row) => programmeColumns.map((column) => row[column])),
  );
}

export function licenceRows(folder: string): Row[] {
  return read(folder, 'bulk/nj/nj_licenses.csv').filter(notDeleted);
}

export function licenceTable(rows: Row[]): string {
  return table(
    ['id', 'name', 'soc'],
    rows.map(({ ID, NAME, CODE = '' }) => [ID, capitalized(NAME), CODE.slice(0, 7)]),
  );
}

/** Each name once; the shortest are names of technologies, not of credentials. */
function certificationRows(folder: string): Row[] {
  const rows = read(folder, 'bulk/nj/nj_industry_credentials.csv').filter(
    (row) => notDeleted(row) && clean(row.NAME).length > 3,
  );
  return [...new Map(rows.map((row) => [folded(row.NAME), row])).values()];
}

export function certificationTable(folder: string): string {
  return table(
    ['id', 'name'],
    certificationRows(folder).map(({ ID, NAME }) => [ID, NAME]),
  );
}

function notDeleted({ ISDELETED }: Row): boolean {
  return ISDELETED !== '1';
}

/** `480508` and `48.0508` → `48.0508`; nothing for no code. */
function cip(code: string): string {
  const digits = code.replace(/\D/g, '').padStart(6, '0');
  return /^\d{6}$/.test(digits) && digits !== '000000' ? `${digits.slice(0, 2)}.${digits.slice(2)}` : '';
}

function folded(name: string | undefined): string {
  return clean(name).toLowerCase();
}

/** The table of licences shouts. */
function capitalized(text: string | undefined): string {
  return folded(text)
    .replace(/(^|[\s(/-])\p{L}/gu, (start) => start.toUpperCase())
    .replace(/\b(Cpa|Lpn|Rn|Emt)\b/g, (word) => word.toUpperCase());
}
