import { read, table, website, zip } from './tables.ts';

/** States whose institutions come along: New Jersey and its neighbours in the labour market. */
const states = new Set(['NJ', 'NY', 'PA', 'CT', 'DE', 'MA', 'MD', 'RI']);

/** Institutions of the federal directory that awarded something in 2018, with the levels of what they awarded. */
export function institutionTable(folder: string): string {
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
      zip(row.ZIP),
      row.LATITUDE,
      row.LONGITUD,
      row.SECTOR,
      website(row.WEBADDR),
      (levels.get(row.UNITID ?? '') ?? [])
        .map(({ AWLEVELC }) => AWLEVELC)
        .sort()
        .join(' '),
    ]);
  const columns = 'unitid opeid name street city state zip latitude longitude sector website levels';
  return table(columns.split(' '), rows);
}
