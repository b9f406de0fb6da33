import type { Skill } from '@credatlas/model';
import type { SkillMatcher, SkillMention } from '@credatlas/skills';
import { RecentlyUsed } from './RecentlyUsed.ts';
import type { Traced } from './Spot.ts';

/** Skills read out of one record's words: more would say what a catalogue is about, not what a credential proves. */
const mostInferred = 10;
/** Names of skills whose own words are remembered, some 300 bytes each: the same few thousand are stated again and again. */
const maxNames = 5_000;

/** A text of the record, and where it stands. */
export interface Said {
  text: string;
  property: string;
  at: string;
  /** True for the name of a skill that is in no table; such names repeat. */
  isName: boolean;
}

/** Skills that words mention, as the matcher finds them. */
export class MentionedSkills {
  readonly #matcher: SkillMatcher;
  readonly #inNames = new RecentlyUsed<readonly SkillMention[]>(maxNames);

  constructor(matcher: SkillMatcher) {
    this.#matcher = matcher;
  }

  in({ text, isName }: Said): readonly SkillMention[] {
    const known = isName ? this.#inNames.get(text) : undefined;
    if (known) return known;
    const found = this.#matcher.find(text, { limit: mostInferred });
    if (isName) this.#inNames.set(text, found);
    return found;
  }
}

/** Skills that the record's words mention and no statement names, best first: inferred, never more. */
export function inferredSkills(
  texts: readonly Said[],
  stated: readonly Traced<Skill>[],
  mentioned: MentionedSkills,
): Traced<Skill>[] {
  const known = new Set<string>();
  for (const { value } of stated) known.add(value.key);
  const found: { mention: SkillMention; said: Said }[] = [];
  for (const said of texts) {
    for (const mention of mentioned.in(said)) {
      if (known.has(mention.key)) continue;
      known.add(mention.key);
      found.push({ mention, said });
    }
  }
  return found
    .sort((a, b) => b.mention.score - a.mention.score)
    .slice(0, mostInferred)
    .map(({ mention, said }) => ({ value: inferred(mention, said.property), at: said.at }));
}

function inferred({ key, label }: SkillMention, property: string): Skill {
  const colon = key.indexOf(':');
  const scheme = colon < 0 ? key : key.slice(0, colon);
  const skill = { key, label, code: key.slice(colon + 1) } as Skill;
  if (scheme) skill.scheme = scheme;
  skill.relation = 'inferred';
  skill.confidence = 'inferred';
  skill.via = { path: [property] };
  return skill;
}
