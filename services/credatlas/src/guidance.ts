/** What the service is, in a sentence. */
export const about =
  'Credatlas crawls credential registries, normalizes what they publish into one model, and answers questions that compare credentials across providers by skill, level, cost, duration and credit.';

/** What whoever asks for the first time gets wrong, people and agents alike. */
export const pitfalls: readonly string[] = [
  'Totals and facets are exact and count credentials. Say what a number is out of: `meta.total`, and `unknown` beside each facet.',
  'Missing is never zero: what is not stated sorts last, matches only `field:none`, and no range.',
  '`filter` joins clauses by commas (AND) and values by bars (OR): `family:badge|certificate,region:NJ,cost:<2000,skill:"data analysis",level:>=4`. `!` before a list negates it, quotes make text literal.',
  'Ask `suggest` how a skill, provider, occupation or subject is written, and filter by what it answers.',
  '`mode=strict` counts what is stated; `mode=expanded` adds stems and inferred skills below it. Both totals are always told.',
  'Costs are in one currency (`currency=`), and nothing is converted. Dates are judged on `on=`, today unless given.',
  'An answer that was shortened says so: `truncated`, `next` (the cursor for `after`; of searches `prev` leads back), and `cut` where a tool shortened it.',
  'A course or a condition may state what a credential does not: `via` and `confidence` tell where a skill comes from.',
];

/** The same for an agent that has tools and no address. */
export const instructions = [about, ...pitfalls].join('\n');
