import {
  confidenceOf,
  type Offer,
  type Relation,
  type SkillName,
  type Statement,
  statedRelations,
} from './skillMarket.ts';

/** A name as asked, and the skill that it means; undefined: nobody's. */
export interface Asked {
  text: string;
  skill: SkillName | undefined;
}

export interface SkillsAsked {
  names: Asked[];
  relations: Relation[];
  mode: 'strict' | 'expanded';
  isWithin: (offer: Offer) => boolean;
}

/** Which statements count: the three stated relations, or those asked for; inferred ones in expanded mode, where no relation is asked for. */
function counts({ relation }: Statement, { relations, mode }: SkillsAsked): boolean {
  if (relations.length > 0) return relations.includes(relation);
  return statedRelations.some((each) => each === relation) || (mode === 'expanded' && relation === 'inferred');
}

/** The different skills of a question, known ones by what they are, unknown ones by what they are called. */
export function wantedOf({ names }: Pick<SkillsAsked, 'names'>): {
  skills: SkillName[];
  unrecognized: string[];
  n: number;
} {
  const skills = [...new Set(names.flatMap(({ skill }) => skill ?? []))];
  const unknown = names.filter(({ skill }) => skill === undefined).map(({ text }) => text);
  const unrecognized = unknown.filter(
    (text, at) => unknown.findIndex((other) => other.toLowerCase() === text.toLowerCase()) === at,
  );
  return { skills, unrecognized, n: skills.length + unrecognized.length };
}

/** The skills that an offer covers, in the order asked. */
export function coveredBy(offer: Offer, asked: SkillsAsked): SkillName[] {
  const held = offer.statements.filter((statement) => counts(statement, asked)).map(({ skill }) => skill);
  return wantedOf(asked).skills.filter((skill) => held.includes(skill));
}

/** Interface §4 "Coverage", one offer after the other. */
export function referenceCoverage(
  offers: readonly Offer[],
  asked: SkillsAsked,
  least: { min?: number; share?: number },
) {
  const { skills, unrecognized, n } = wantedOf(asked);
  let min = least.min ?? 1;
  // In whole parts of a thousand, so that no fraction is off by a hair.
  if (least.share !== undefined) for (min = 1; min * 1_000 < Math.round(least.share * 1_000) * n; ) min += 1;
  const ranked = offers
    .filter(asked.isWithin)
    .map((offer) => {
      const covered = coveredBy(offer, asked);
      const stated = offer.statements.filter(
        ({ skill, relation }) => covered.includes(skill) && statedRelations.some((each) => each === relation),
      );
      const differentIn = (statements: Statement[]): number => new Set(statements.map(({ skill }) => skill)).size;
      return {
        number: offer.number,
        covered,
        missing: skills.filter((skill) => !covered.includes(skill)),
        assessed: differentIn(stated.filter(({ relation }) => relation === 'assesses')),
        linked: differentIn(stated.filter((statement) => confidenceOf(statement) === 'linked')),
      };
    })
    .filter(({ covered }) => covered.length >= min)
    .sort(
      (a, b) =>
        b.covered.length - a.covered.length || b.assessed - a.assessed || b.linked - a.linked || a.number - b.number,
    );
  return { n, min, unrecognized, ranked };
}
