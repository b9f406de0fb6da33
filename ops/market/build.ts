// Writes the fact tables of the sample market from a folder of public tables (bulk/nj, bulk/ipeds, bulk/crosswalks, taxonomies).
// Names, codes and numbers only; no prose columns, no contact data, no EIN or DUNS, no definitions. See NOTICE for whose they are.
// Usage: node ops/run.mjs node ops/market/build.ts FOLDER
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { institutionTable } from './institutions.ts';
import { certificationTable, licenceRows, licenceTable, programmeRows, programmeTable } from './newJersey.ts';
import { fieldTable, occupationsOfFields, occupationTable, skillTable } from './occupations.ts';

/** What the illustrative part of the market trains for, beside what the public tables lead to. */
const illustrativeOccupations = [
  '13-1081',
  '13-1082',
  '15-1212',
  '15-1244',
  '15-1252',
  '15-2051',
  '25-2011',
  '31-1131',
  '47-2111',
  '51-4121',
];

/** File name → its text; the same for the same public tables. */
export function factTables(folder: string): Map<string, string> {
  const programmes = programmeRows(folder);
  const licences = licenceRows(folder);
  const fields = new Set(programmes.flatMap(({ cipcode }) => cipcode || []));
  const occupationsOf = occupationsOfFields(folder, fields);
  const occupations = new Set([
    ...[...occupationsOf.values()].flat(),
    ...licences.map(({ CODE = '' }) => CODE.slice(0, 7)),
    ...illustrativeOccupations,
  ]);
  return new Map([
    ['programmes.tsv', programmeTable(programmes)],
    ['licences.tsv', licenceTable(licences)],
    ['certifications.tsv', certificationTable(folder)],
    ['institutions.tsv', institutionTable(folder)],
    ['fields.tsv', fieldTable(folder, occupationsOf)],
    ['occupations.tsv', occupationTable(folder, occupations)],
    ['skills.tsv', skillTable(folder, occupations)],
  ]);
}

if (import.meta.main) {
  const folder = process.argv[2] ?? '';
  const target = join(import.meta.dirname, '..', '..', 'services', 'registry', 'facts');
  for (const [file, text] of factTables(folder)) writeFileSync(join(target, file), text);
}
