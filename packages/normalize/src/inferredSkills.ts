import type { Skill } from '@credatlas/model';
import type { SkillMatcher } from '@credatlas/skills';
import type { Traced } from './Spot.ts';

/** Skills read out of one record's words: more would say what a catalogue is about, not what a credential proves. */
const mostInferred = 10;

/** A text of the record, and where it stands. */
interface Said {
  text: string;
  property: string;
  at: string;
}

/** Skills that the record's words mention and no statement names, best first: inferred, never more. */
export function inferredSkills(
  texts: readonly Said[],
  stated: readonly Traced<Skill>[],
  matcher: SkillMatcher,
): Traced<Skill>[] {
  const known = new Set(stated.map(({ value }) => value.key));
  const found = texts.flatMap(({ text, property, at }) =>
    matcher.find(text, { limit: mostInferred }).flatMap((mention): (Traced<Skill> & { score: number })[] => {
      if (known.has(mention.key)) return [];
      known.add(mention.key);
      const { key, label, score } = mention;
      const [scheme] = key.split(':');
      const value: Skill = {
        key,
        label,
        code: key.slice(key.indexOf(':') + 1),
        ...(scheme ? { scheme } : {}),
        relation: 'inferred',
        confidence: 'inferred',
        via: { path: [property] },
      };
      return [{ value, at, score }];
    }),
  );
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, mostInferred)
    .map(({ value, at }) => ({ value, at }));
}
