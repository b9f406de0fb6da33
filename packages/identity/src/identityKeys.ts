import type { IdentityFacts } from '@credatlas/model';

export interface IdentityKey {
  text: string;
  /** Says by itself that two records are one, however many share it. */
  isIdentity: boolean;
}

/**
 * Every key that two records can meet by: whatever `evidenceBetween` finds, it finds between records that share one of these, so that
 * nobody has to compare all with all.
 */
export function keysOf(facts: IdentityFacts): IdentityKey[] {
  const { selves, names, owners, page, sameAs } = facts;
  const identities = selves.map((own) => `is ${own}`);
  // Two records that name one another give the same text from both ends.
  const links = sameAs.flatMap((other) => selves.map((own) => `link ${[own, other].sort().join(' ')}`));
  const agreements = names.flatMap((name) => [
    ...owners.map((owner) => `owner ${owner} ${name}`),
    ...(page ? [`page ${page} ${name}`] : []),
  ]);
  return [
    ...[...identities, ...links].map((text) => ({ text, isIdentity: true })),
    ...agreements.map((text) => ({ text, isIdentity: false })),
  ];
}
