import { clean, type Row, read, table } from './tables.ts';

/** Occupations taken per programme of study, and skills per occupation: enough to find by, few enough to stay honest. */
const maxOccupations = 3;
const maxSkills = 8;

/** CIP → SOC codes, by the federal crosswalk. */
export function occupationsOfFields(folder: string, fields: Set<string>): Map<string, string[]> {
  const pairs = read(folder, 'bulk/crosswalks/soc2018_cip2020_crosswalk.csv').filter(
    ({ SOC2018Code = '' }) => SOC2018Code !== '99-9999',
  );
  const found = Map.groupBy(pairs, ({ CIP2020Code = '' }) => CIP2020Code);
  return new Map(
    [...fields].map((field) => {
      const codes = (found.get(field) ?? []).map(({ SOC2018Code = '' }) => SOC2018Code);
      return [field, codes.filter((code) => !isTeachingOf(field, code)).slice(0, maxOccupations)];
    }),
  );
}

/** The crosswalk leads from nearly every field to teaching it at a college, which no short programme prepares for. */
function isTeachingOf(field: string, occupation: string): boolean {
  return occupation.startsWith('25-1') && !field.startsWith('13.');
}

export function fieldTable(folder: string, occupations: Map<string, string[]>): string {
  const titles = new Map(
    read(folder, 'bulk/crosswalks/cip2020_full.csv').map(({ CIPCode = '', CIPTitle }) => [
      CIPCode.replace(/[="]/g, ''),
      clean(CIPTitle).replace(/\.$/, ''),
    ]),
  );
  const rows = [...occupations].sort().map(([field, codes]) => [field, titles.get(field), codes.join(' ')]);
  return table(['cip', 'title', 'soc'], rows);
}

export function occupationTable(folder: string, occupations: Set<string>): string {
  const rows = read(folder, 'bulk/crosswalks/soc2018_definitions.csv')
    .filter(({ SOCCode = '' }) => occupations.has(SOCCode))
    .map(({ SOCCode, SOCTitle }): [string, string] => [SOCCode ?? '', clean(SOCTitle)]);
  return table(['soc', 'title'], [...new Map(rows)].sort());
}

/** Skill names by occupation: technologies of O*NET, and ESCO's essential skills by way of ISCO. */
export function skillTable(folder: string, occupations: Set<string>): string {
  const technologies = technologiesOf(folder);
  const isco = Map.groupBy(read(folder, 'bulk/crosswalks/soc_isco_crosswalk.csv'), ({ soc_code = '' }) => soc_code);
  const essential = Map.groupBy(
    read(folder, 'taxonomies/esco/isco_essential_esco_skills.csv'),
    ({ isco08_code = '' }) => isco08_code,
  );
  const rows = [...occupations].sort().flatMap((soc) => {
    const linked = (isco.get(soc) ?? []).flatMap(({ isco08_code = '' }) => essential.get(isco08_code) ?? []);
    const esco = [...new Map(linked.map((row) => [row.skill_uri, row])).values()].slice(0, maxSkills);
    return [
      ...(technologies.get(soc) ?? []).map((name) => [soc, 'onet', '', name]),
      ...esco.map(({ skill_uri, skill_label }) => [soc, 'esco', skill_uri, skill_label]),
    ];
  });
  return table(['soc', 'scheme', 'uri', 'label'], rows);
}

/**
 * O*NET's hot technologies by SOC code. First those in demand in the occupation, the rarest first since they tell it from others; then
 * the commonest.
 */
function technologiesOf(folder: string): Map<string, string[]> {
  const rows = read(folder, 'taxonomies/onet/technology_skills.tsv');
  const uses = Map.groupBy(rows, ({ Example = '' }) => Example);
  const rank = (row: Row): number => {
    const count = uses.get(row.Example ?? '')?.length ?? 0;
    return row['In Demand'] === 'Y' ? count - rows.length : -count;
  };
  const hot = rows.filter((row) => row['Hot Technology'] === 'Y').sort((a, b) => rank(a) - rank(b));
  const bySoc = Map.groupBy(hot, (row) => (row['O*NET-SOC Code'] ?? '').slice(0, 7));
  return new Map(
    [...bySoc].map(([soc, found]) => [soc, [...new Set(found.map(({ Example = '' }) => Example))].slice(0, maxSkills)]),
  );
}
