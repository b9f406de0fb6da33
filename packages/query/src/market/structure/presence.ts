/** What a record may say of a credential, in the order in which people ask for it. */
export const presenceMetrics = [
  ...['cost', 'days', 'hours', 'credit', 'level', 'skill', 'skill.assesses', 'outcome', 'recognition'],
  ...['occupation', 'program', 'region', 'delivery', 'effective', 'stacksInto'],
]
  .map((field) => `share:${field}`)
  .join();
