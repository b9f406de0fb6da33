import { isA } from '@credatlas/ctdl';
import type { IdentityEvidence, IdentityFacts } from '@credatlas/model';

/** In hundredths. Name with owner and a fitting type is the least that counts; all four together stay below a stated identity. */
const weights = { name: 30, owner: 30, page: 25, type: 10, kindred: 5 } as const;
const enough = 65;
const stated = { sameCtid: 1, sameIri: 1, sameAs: 0.98 } as const;

/** Whatever says that two records are about one credential, the strongest first; nothing when they are not known to be. Pure. */
export function evidenceBetween(a: IdentityFacts, b: IdentityFacts): IdentityEvidence[] {
  const found = [sameIdentity(a, b), sameAs(a, b), agreement(a, b)];
  return found.filter((each) => each !== undefined).sort((one, other) => other.confidence - one.confidence);
}

function sameIdentity(a: IdentityFacts, b: IdentityFacts): IdentityEvidence | undefined {
  const shared = a.selves.find((key) => b.selves.includes(key));
  if (shared === undefined) return undefined;
  const [, ctid] = /^ctid:(.*)$/.exec(shared) ?? [];
  return ctid
    ? { kind: 'sameCtid', detail: `Both have the CTID ${ctid}.`, confidence: stated.sameCtid }
    : { kind: 'sameIri', detail: `Both are ${shared}.`, confidence: stated.sameIri };
}

function sameAs(a: IdentityFacts, b: IdentityFacts): IdentityEvidence | undefined {
  const names = (one: IdentityFacts, other: IdentityFacts): boolean =>
    other.selves.some((key) => one.sameAs.includes(key));
  if (!names(a, b) || !names(b, a)) return undefined;
  return { kind: 'sameAs', detail: 'Each names the other as the same.', confidence: stated.sameAs };
}

/**
 * Only between records of different origins: whoever publishes two records gives them two identities on purpose. What both state and
 * state differently speaks against it; what one leaves out speaks neither way.
 */
function agreement(a: IdentityFacts, b: IdentityFacts): IdentityEvidence | undefined {
  if (isSameOrigin(a, b) || areVersions(a, b)) return undefined;
  const name = a.names.some((each) => b.names.includes(each));
  const owner = sharing(a.owners, b.owners);
  const page = sharing(a.page ? [a.page] : [], b.page ? [b.page] : []);
  const type = typesOf(a, b);
  if (!name || owner === false || page === false || type === undefined) return undefined;
  const said: [boolean | undefined, keyof typeof weights, string][] = [
    [name, 'name', `name "${a.name}"`],
    [owner, 'owner', 'owner'],
    [page, 'page', `page ${a.page}`],
    [true, type, type === 'type' ? 'type' : 'kind of credential'],
  ];
  const agreed = said.filter(([holds]) => holds);
  const score = agreed.reduce((sum, [, weight]) => sum + weights[weight], 0);
  if (score < enough) return undefined;
  const detail = `They agree in ${agreed.map(([, , words]) => words).join(', ')}.`;
  return { kind: 'agreement', detail, confidence: score / 100 };
}

/** Undefined where one of them says nothing that can be compared: an identity is none with a name. */
function sharing(ones: string[], others: string[]): boolean | undefined {
  if (ones.some((one) => others.includes(one))) return true;
  const forms = (keys: string[]): Set<boolean> => new Set(keys.map((key) => key.startsWith('name:')));
  return forms(ones).intersection(forms(others)).size > 0 ? false : undefined;
}

function typesOf(a: IdentityFacts, b: IdentityFacts): 'type' | 'kindred' | undefined {
  if (a.rank !== 0 && b.rank !== 0 && a.rank !== b.rank) return undefined;
  if (a.types.some((type) => b.types.includes(type))) return 'type';
  const descends = (ones: string[], others: string[]): boolean =>
    ones.some((one) => others.some((other) => isA(one, other)));
  return a.family === b.family || descends(a.types, b.types) || descends(b.types, a.types) ? 'kindred' : undefined;
}

function areVersions(a: IdentityFacts, b: IdentityFacts): boolean {
  const isVersion = (one: IdentityFacts, other: IdentityFacts): boolean =>
    other.selves.some((key) => one.versions.includes(key));
  return isVersion(a, b) || isVersion(b, a);
}

/** Where a record comes from: one publisher at one source. */
export function originOf({ source, publisher }: IdentityFacts): string {
  return `${source} ${publisher ?? ''}`;
}

/** Where one of the publishers is not known, it may be the other. */
function isSameOrigin(a: IdentityFacts, b: IdentityFacts): boolean {
  return a.source === b.source && (!a.publisher || !b.publisher || a.publisher === b.publisher);
}
