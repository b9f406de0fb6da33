import type { Credential, IdentityFacts } from '@credatlas/model';
import { describe, expect, test } from 'vitest';
import { clustersOf } from './clustersOf.ts';
import { evidenceBetween } from './evidenceBetween.ts';
import { factsOf } from './identityFacts.ts';
import { keysOf } from './identityKeys.ts';

type Given = Partial<
  Pick<Credential, 'nameText' | 'alternateNames' | 'webpage' | 'types' | 'family' | 'educationRank'>
> & {
  id?: string;
  owner?: string;
  source?: string;
  publisher?: string;
  sourceUri?: string;
};

/** Only what identity looks at. */
function facts({
  id = 'a:1',
  owner,
  source = id.split(':')[0]!,
  publisher,
  sourceUri,
  ...given
}: Given): IdentityFacts {
  return factsOf({
    id,
    uri: `https://example.org/${id}`,
    nameText: 'Welding Certificate',
    alternateNames: [],
    types: ['ceterms:Certificate'],
    family: 'certificate',
    educationRank: 0,
    owners: owner ? [{ name: owner, resolved: false }] : [],
    offerers: [],
    sameAs: [],
    provenance: { source, sourceUri, updatedAt: '2026-01-01T00:00:00Z' },
    ...(publisher ? { publisher: { ctid: publisher, resolved: false } } : {}),
    ...given,
  } as unknown as Credential);
}

const said = (one: Given, other: Given): (string | number)[] =>
  evidenceBetween(facts({ id: 'a:1', ...one }), facts({ id: 'b:1', ...other })).flatMap(({ kind, confidence }) => [
    kind,
    confidence,
  ]);

describe('what two records say about being one', () => {
  const page = 'https://www.college.edu/programs/welding/';
  test.each<[string, Given, Given, (string | number)[]]>([
    ['name, owner, page and type', { owner: 'X', webpage: page }, { owner: 'X', webpage: page }, ['agreement', 0.95]],
    ['name, owner and type, no page', { owner: 'X' }, { owner: 'X', webpage: page }, ['agreement', 0.7]],
    ['name, page and type, no owner', { webpage: page }, { owner: 'X', webpage: page }, ['agreement', 0.65]],
    ['name and type only', {}, {}, []],
    ['another owner', { owner: 'X', webpage: page }, { owner: 'Y', webpage: page }, []],
    ['another page', { owner: 'X', webpage: page }, { owner: 'X', webpage: `${page}2` }, []],
    ['another name', { owner: 'X', webpage: page }, { owner: 'X', webpage: page, nameText: 'Welding Diploma' }, []],
    ['numbered parts are others', { owner: 'X' }, { owner: 'X', nameText: 'Welding Certificate 2' }, []],
    ['a kind that does not fit', { owner: 'X' }, { owner: 'X', types: ['ceterms:Badge'], family: 'badge' }, []],
    [
      'a kind that is a broader one',
      { owner: 'X', types: ['ceterms:BachelorDegree'], family: 'degree' },
      { owner: 'X', types: ['ceterms:Degree'], family: 'degree' },
      ['agreement', 0.65],
    ],
    ['another level', { owner: 'X', educationRank: 5 }, { owner: 'X', educationRank: 6 }, []],
    [
      'words in another order and form',
      { owner: 'X' },
      { owner: 'X', nameText: 'Certificates in WELDING' },
      ['agreement', 0.7],
    ],
    [
      'an alternate name',
      { owner: 'X' },
      { owner: 'X', nameText: 'WC', alternateNames: ['Welding Certificate'] },
      ['agreement', 0.7],
    ],
    [
      'the owner in front of the name',
      { owner: 'Red Hat, Inc.' },
      { owner: 'Red Hat', nameText: 'Red Hat Welding Certificate' },
      ['agreement', 0.7],
    ],
    ['a site’s front page is no page', { webpage: 'https://college.edu/' }, { webpage: 'https://college.edu' }, []],
    [
      'an address written otherwise',
      { webpage: 'http://College.edu/programs/welding?utm_source=x#top' },
      { webpage: page },
      ['agreement', 0.65],
    ],
    ['the same source', { owner: 'X', source: 's' }, { owner: 'X', source: 's' }, []],
    [
      'the same source, but other publishers',
      { owner: 'X', source: 's', publisher: 'ce-00000000-0000-4000-8000-000000000001' },
      { owner: 'X', source: 's', publisher: 'ce-00000000-0000-4000-8000-000000000002' },
      ['agreement', 0.7],
    ],
    [
      'the same source, and one publisher unknown',
      { owner: 'X', source: 's', publisher: 'ce-00000000-0000-4000-8000-000000000001' },
      { owner: 'X', source: 's' },
      [],
    ],
  ])('%s', (_title, one, other, expected) => {
    expect(said(one, other)).toEqual(expected);
    expect(said(other, one)).toEqual(expected);
    if (expected.length === 0) return;
    const keys = new Set(keysOf(facts({ id: 'a:1', ...one })).map(({ text }) => text));
    expect(keysOf(facts({ id: 'b:1', ...other })).some(({ text }) => keys.has(text))).toBe(true);
  });

  test('a placeholder is no CTID', () => {
    const nil = (id: string) =>
      factsOf({ ...({} as Credential), ...(bare(id) as Credential), ctid: 'ce-00000000-0000-0000-0000-000000000000' });
    expect(evidenceBetween(nil('a:1'), nil('b:1'))).toEqual([]);
  });

  test('its own source is its publisher’s, or its site', () => {
    const owner = 'ce-00000000-0000-4000-8000-000000000001';
    const owned = { ...(bare('a:1') as Credential), owners: [{ ctid: owner, resolved: false }] };
    expect(factsOf(owned).isOwn).toBe(false);
    expect(factsOf({ ...owned, publisher: { ctid: owner, resolved: false } }).isOwn).toBe(true);
    expect(facts({ webpage: 'https://www.college.edu/a', sourceUri: 'https://college.edu/sitemap.xml' }).isOwn).toBe(
      true,
    );
  });
});

function bare(id: string): object {
  return {
    id,
    uri: `https://example.org/${id}`,
    nameText: id,
    alternateNames: [],
    types: [],
    family: 'other',
    educationRank: 0,
    owners: [],
    offerers: [],
    sameAs: [],
    provenance: { source: id.split(':')[0], updatedAt: '2026-01-01T00:00:00Z' },
  };
}

describe('clusters', () => {
  const records = (...ids: string[]) => new Map(ids.map((id) => [id, facts({ id, owner: 'X' })]));
  const agreement = (a: string, b: string, confidence: number) => ({
    a,
    b,
    evidence: [{ kind: 'agreement' as const, detail: '', confidence }],
  });
  const sameCtid = (a: string, b: string) => ({
    a,
    b,
    evidence: [{ kind: 'sameCtid' as const, detail: '', confidence: 1 }],
  });
  const none = new Map<string, Set<string>>();
  const apart = (a: string, b: string) =>
    new Map([
      [a, new Set([b])],
      [b, new Set([a])],
    ]);
  const members = (...given: Parameters<typeof clustersOf>) => clustersOf(...given).map((each) => each.members);

  test('an agreement with two of one source alike is a guess, and joins none of them', () => {
    const pairs = [agreement('a:1', 'b:1', 0.7), agreement('a:1', 'b:2', 0.7)];
    expect(members(records('a:1', 'b:1', 'b:2'), { pairs, apart: none })).toEqual([]);
    const better = [agreement('a:1', 'b:1', 0.95), agreement('a:1', 'b:2', 0.7)];
    expect(members(records('a:1', 'b:1', 'b:2'), { pairs: better, apart: none })).toEqual([['a:1', 'b:1']]);
  });

  test('a word against one of two makes the other the single best', () => {
    const pairs = [agreement('a:1', 'b:1', 0.7), agreement('a:1', 'b:2', 0.7)];
    expect(members(records('a:1', 'b:1', 'b:2'), { pairs, apart: apart('a:1', 'b:2') })).toEqual([['a:1', 'b:1']]);
  });

  test('agreements never put two records of one source together by a way round', () => {
    const pairs = [agreement('a:1', 'b:1', 0.95), agreement('b:1', 'c:1', 0.7), agreement('a:2', 'c:1', 0.95)];
    expect(members(records('a:1', 'a:2', 'b:1', 'c:1'), { pairs, apart: none })).toEqual([
      ['a:1', 'b:1'],
      ['a:2', 'c:1'],
    ]);
  });

  test('a word against two holds on every way round', () => {
    const pairs = [sameCtid('a:1', 'b:1'), sameCtid('a:1', 'c:1'), sameCtid('b:1', 'c:1')];
    expect(members(records('a:1', 'b:1', 'c:1'), { pairs, apart: none })).toEqual([['a:1', 'b:1', 'c:1']]);
    expect(members(records('a:1', 'b:1', 'c:1'), { pairs, apart: apart('b:1', 'c:1') })).toEqual([['a:1', 'b:1']]);
  });

  test('the owner’s own leads, else the newest, else the lowest id', () => {
    const pairs = [sameCtid('a:1', 'b:1')];
    const lead = (a: Partial<IdentityFacts>, b: Partial<IdentityFacts>) => {
      const [one, other] = [...records('a:1', 'b:1').values()];
      const all = new Map([
        ['a:1', { ...one!, ...a }],
        ['b:1', { ...other!, ...b }],
      ]);
      return clustersOf(all, { pairs, apart: none })[0]?.lead;
    };
    const newer = { updatedAt: '2026-02-01T00:00:00Z' };
    expect([lead({}, {}), lead({}, newer), lead({ isOwn: true }, newer)]).toEqual(['a:1', 'b:1', 'a:1']);
  });
});
