import type { CoverageQuery, KeywordField } from '@credatlas/model';
import { indexOf, sizeOf } from '../arrays/StringTable.ts';
import type { KeywordColumn } from '../segment/Segment.ts';
import type { LiveSegment } from './LiveSegment.ts';

/** Which of the wanted skills documents of one segment have. */
export class SkillReader {
  readonly #covering: Holder[];
  readonly #assessing: Holder[];
  readonly #linking: Holder[];
  /** By skill: the last look in which it was found, so that nothing need be cleared. */
  readonly #seenCovered: Uint32Array;
  readonly #seenElse: Uint32Array;
  #look = 0;

  constructor(live: LiveSegment, { skills, fields }: Pick<CoverageQuery, 'skills' | 'fields'>) {
    const holders = (names: readonly KeywordField[]): Holder[] =>
      names.flatMap((name) => {
        const column = live.segment.columns[name];
        return column ? [holderOf(column, skills)] : [];
      });
    this.#covering = holders(fields);
    this.#assessing = holders(['skill.assesses']);
    this.#linking = holders(['skill.linked']);
    this.#seenCovered = new Uint32Array(skills.length);
    this.#seenElse = new Uint32Array(skills.length);
  }

  /** Positions of the skills that a document covers, ascending. */
  covered(document: number): number[] {
    const look = ++this.#look;
    each(this.#covering, document, (skill) => {
      this.#seenCovered[skill] = look;
    });
    return [...this.#seenCovered.keys()].filter((skill) => this.#seenCovered[skill] === look);
  }

  /** How many of the covered skills the document assesses, and how many are linked. */
  strength(document: number): { assessed: number; linked: number } {
    const look = ++this.#look;
    each(this.#covering, document, (skill) => {
      this.#seenCovered[skill] = look;
    });
    return {
      assessed: this.#among(this.#assessing, document, look),
      linked: this.#among(this.#linking, document, look),
    };
  }

  #among(holders: readonly Holder[], document: number, look: number): number {
    const mark = ++this.#look;
    let count = 0;
    each(holders, document, (skill) => {
      if (this.#seenCovered[skill] !== look || this.#seenElse[skill] === mark) return;
      this.#seenElse[skill] = mark;
      count += 1;
    });
    return count;
  }
}

interface Holder {
  column: KeywordColumn;
  /** 1 for each value that is wanted: most are not. */
  isWanted: Uint8Array;
  skillsOf: Map<number, number[]>;
}

function holderOf(column: KeywordColumn, skills: readonly string[][]): Holder {
  const isWanted = new Uint8Array(sizeOf(column.values));
  const skillsOf = new Map<number, number[]>();
  skills.forEach((keys, skill) => {
    for (const key of keys) {
      const value = indexOf(column.values, key);
      if (value === undefined) continue;
      isWanted[value] = 1;
      skillsOf.set(value, [...(skillsOf.get(value) ?? []), skill]);
    }
  });
  return { column, isWanted, skillsOf };
}

function each(holders: readonly Holder[], document: number, visit: (skill: number) => void): void {
  for (const { column, isWanted, skillsOf } of holders) {
    const { offsets, members, sets } = column;
    const set = sets[document]!;
    for (let at = offsets[set]!; at < offsets[set + 1]!; at++) {
      const value = members[at]!;
      if (isWanted[value]) for (const skill of skillsOf.get(value)!) visit(skill);
    }
  }
}
