import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SkillMatcher, SkillTable, tokensOf } from '@credatlas/skills';
import { parse } from 'csv-parse/sync';

// npm run bench:skills [-- --sets FOLDER], with CREDATLAS_TEST_DATA: how well ESCO's skills are found in text, against plain BM25 over the
// same labels. Always in descriptions of occupations whose essential skills ESCO names, which rarely use the labels' words. With --sets, a
// folder that holds *_test_annotations.csv (columns sentence and label, as github.com/jensjorisdecorte/Skill-Extraction-benchmark has them;
// no licence is stated there, so they are not part of this repository), in each of these too.
const { values } = parseArgs({ options: { sets: { type: 'string' } } });
const folder = join(process.env.CREDATLAS_TEST_DATA || '../shared/data', 'taxonomies/esco');

type Row = Record<string, string>;

interface Case {
  text: string;
  wanted: Set<string>;
}

function rows(name: string, within = folder): Row[] {
  return parse(readFileSync(join(within, name)), { columns: true, bom: true, relax_quotes: true });
}

/** Essential skills by ISCO group. */
function essentialSkills(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { isco08_code: code = '', skill_uri: uri = '' } of rows('isco_essential_esco_skills.csv')) {
    const known = found.get(code) ?? new Set();
    found.set(code, known.add(`esco:${uri.replace(/^.*\//, '')}`));
  }
  return found;
}

/** Sentences with the skills that people found in them; skills that the table does not know stay wanted. */
function annotated(sets: string, name: string, table: SkillTable): Case[] {
  const cases = new Map<string, Set<string>>();
  for (const { sentence = '', label = '' } of rows(name, sets)) {
    if (label === '' || /^(LABEL NOT PRESENT|UNDERSPECIFIED)$/.test(label)) continue;
    const wanted = cases.get(sentence) ?? new Set();
    cases.set(sentence, wanted.add(table.named(label)?.key ?? label));
  }
  return [...cases].map(([text, wanted]) => ({ text, wanted }));
}

/** Labels ranked by Okapi BM25 (k1 1.2, b 0.75) with the text as the query. */
class LabelRanking {
  readonly #labels: { key: string; tokens: string[] }[];
  readonly #frequencies = new Map<string, number>();
  readonly #average: number;

  constructor(table: SkillTable) {
    this.#labels = table.concepts
      .filter(({ key }) => key.startsWith('esco:'))
      .map(({ key, label, alternatives }) => ({ key, tokens: tokensOf([label, ...alternatives].join(' ')) }));
    for (const { tokens } of this.#labels)
      for (const token of new Set(tokens)) this.#frequencies.set(token, (this.#frequencies.get(token) ?? 0) + 1);
    this.#average = this.#labels.reduce((sum, { tokens }) => sum + tokens.length, 0) / this.#labels.length;
  }

  find(text: string, limit: number): string[] {
    const query = new Set(tokensOf(text));
    const scored = this.#labels.map(({ key, tokens }) => ({ key, score: this.#score(query, tokens) }));
    return scored
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .map(({ key }) => key);
  }

  #score(query: Set<string>, tokens: string[]): number {
    let score = 0;
    for (const token of new Set(tokens)) {
      if (!query.has(token)) continue;
      const frequency = this.#frequencies.get(token) ?? 0;
      const inverse = Math.log(1 + (this.#labels.length - frequency + 0.5) / (frequency + 0.5));
      const own = tokens.filter((each) => each === token).length;
      score += (inverse * own * 2.2) / (own + 1.2 * (0.25 + (0.75 * tokens.length) / this.#average));
    }
    return score;
  }
}

if (!existsSync(folder)) process.stdout.write('No lists of skills: set CREDATLAS_TEST_DATA.\n');
else {
  const table = SkillTable.read();
  const matcher = new SkillMatcher(table);
  const ranking = new LabelRanking(table);
  const descriptions = new Map(
    rows('esco_1.1.1_isco_groups.csv').map((row) => [row.CODE ?? '', row.DESCRIPTION ?? '']),
  );
  const finders: Record<string, (text: string) => string[]> = { BM25: (text) => ranking.find(text, 50) };
  for (const threshold of [0.3, 0.5, 0.7, 0.9])
    finders[`matcher, threshold ${threshold}`] = (text) =>
      matcher.find(text, { threshold, limit: 50 }).map(({ key }) => key);
  const occupations = [...essentialSkills()].flatMap(([code, wanted]) => {
    const text = descriptions.get(code);
    return text ? [{ text, wanted }] : [];
  });
  tell('descriptions of occupations', occupations, finders);
  for (const name of values.sets ? readdirSync(values.sets).filter((each) => /_test_annotations\.csv$/.test(each)) : [])
    tell(name.replace('_test_annotations.csv', ''), annotated(values.sets!, name, table), finders);
}

function tell(name: string, cases: Case[], finders: Record<string, (text: string) => string[]>): void {
  process.stdout.write(`${name}: ${cases.length} texts\n`);
  for (const [finder, find] of Object.entries(finders)) {
    let [precision, recall] = [0, 0];
    for (const { text, wanted } of cases) {
      const found = find(text);
      precision += found.slice(0, 5).filter((key) => wanted.has(key)).length / Math.min(5, wanted.size);
      recall += found.filter((key) => wanted.has(key)).length / wanted.size;
    }
    const told = [precision, recall].map((sum) => (sum / cases.length).toFixed(3));
    process.stdout.write(`  ${finder.padEnd(24)} R-Precision@5 ${told[0]}  recall@50 ${told[1]}\n`);
  }
}
