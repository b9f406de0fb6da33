import { bare, folded, type SkillConcept, type SkillTable } from './SkillTable.ts';
import { stem } from './stem.ts';
import { isAscii, plainWord, tokensOf } from './tokens.ts';

/** A skill found in a text. */
export interface SkillMention {
  key: string;
  /** Preferred label of the skill. */
  label: string;
  /** Share of the label's weight that the text covers, 0 to 1; rare words weigh more. */
  score: number;
  /** Half-open range of characters from the first word of it to the last. */
  start: number;
  end: number;
}

export interface MatchOptions {
  /** Mentions below this score are left out. Measured on half of the evaluation sets (test/bench/skills). */
  threshold?: number;
  /** At most so many, the best first. */
  limit?: number;
}

/** Characters of a text that are looked at: more is no description. */
const longestText = 200_000;
/** Words between the first and the last of a label, beyond its own number. */
const slack = 2;
/** Words that say nothing of a skill by themselves. */
const empty = new Set(
  'a an and as at by for from in into of on or the to with using use via per such other'.split(' '),
);
/** Stems kept: a bound on memory, not on what is read. */
const maxStems = 200_000;

interface Label {
  concept: SkillConcept;
  stems: number[];
  weight: number;
  isPreferred: boolean;
  /** Its second rarest stem, and the share of the weight that goes with it. */
  second?: number;
  slack: number;
  /** A label of one word is found only as it is written; one of few letters only in its own capitals. */
  word?: string;
  capitals?: string;
}

type Found = SkillMention & { isPreferred: boolean };

/** Finds skills by their labels in running text: every word of a label within a few words of one another, by light stems, in any order. */
export class SkillMatcher {
  readonly #stemNumbers = new Map<string, number>();
  readonly #numbers = new Map<string, number>();
  /** The sentence in which each stem was last seen. */
  #lastSeen = new Float64Array();
  #sentence = 0;
  /** Labels by the number of their rarest stem. */
  readonly #byRarest: (Label[] | undefined)[] = [];
  readonly #weights: number[] = [];

  constructor(table: SkillTable) {
    const labels = table.concepts.flatMap((stated): Label[] => {
      // What two schemes call the same is one skill.
      const concept = table.named(stated.label) ?? stated;
      return [folded(stated.label), ...stated.alternatives].flatMap((label, index): Label[] => {
        const stems = [
          ...new Set(
            label
              .split(' ')
              .filter((token) => !empty.has(token))
              .map((token) => this.#stemOf(token)),
          ),
        ];
        if (stems.length > 1) return [{ concept, stems, weight: 0, slack: 0, isPreferred: index === 0 }];
        if (!isTelling(label, index, concept)) return [];
        const word = { concept, stems, weight: 0, slack: 0, isPreferred: true, word: label };
        return [label.length < shortWord ? { ...word, capitals: bare(concept.label) } : word];
      });
    });
    const counts = new Uint32Array(this.#stemNumbers.size);
    for (const { stems } of labels) for (const each of stems) counts[each]! += 1;
    for (const count of counts) this.#weights.push(Math.log(1 + labels.length / count));
    this.#lastSeen = new Float64Array(this.#stemNumbers.size);
    for (const label of labels) {
      label.weight = label.stems.reduce((sum, each) => sum + this.#weights[each]!, 0);
      // The heaviest first: what is missing is noticed soonest.
      label.stems.sort((a, b) => counts[a]! - counts[b]!);
      const [rarest = 0, second] = label.stems;
      if (second !== undefined) {
        label.second = second;
        label.slack = this.#weights[second]! / label.weight;
      }
      const list = this.#byRarest[rarest];
      if (list) list.push(label);
      else this.#byRarest[rarest] = [label];
    }
  }

  /** Skills that the text mentions, best first, each once. About a third of a millisecond for a kilobyte. */
  find(text: string, { threshold = 0.9, limit = 50 }: MatchOptions = {}): SkillMention[] {
    const best = new Map<string, Found>();
    for (const sentence of sentencesIn(text.slice(0, longestText))) {
      const words = this.#wordsIn(sentence);
      this.#sentence += 1;
      for (const { stem: own } of words) if (own !== undefined) this.#lastSeen[own] = this.#sentence;
      words.forEach((word, at) => {
        for (const label of (word.stem === undefined ? undefined : this.#byRarest[word.stem]) ?? []) {
          // Most labels end here: their second rarest word is nowhere in the sentence, and the rest would not be enough.
          if (
            label.second !== undefined &&
            this.#lastSeen[label.second] !== this.#sentence &&
            !(label.slack <= 1 - threshold)
          )
            continue;
          const mention = this.#mention(label, { words, at, threshold });
          if (!mention) continue;
          const known = best.get(mention.key);
          if (!known || mention.score > known.score) best.set(mention.key, mention);
        }
      });
    }
    // The same words are one skill: the one that they are the name of, rather than another name of.
    const spans = new Set<string>();
    return [...best.values()]
      .sort(byMerit)
      .filter(({ start, end }) => !spans.has(`${start} ${end}`) && spans.add(`${start} ${end}`))
      .slice(0, limit)
      .map(({ isPreferred: _, ...mention }) => mention);
  }

  #mention(
    { concept, stems, weight, isPreferred, word, capitals }: Label,
    { words, at, threshold }: { words: readonly Word[]; at: number; threshold: number },
  ): Found | undefined {
    if (word !== undefined && words[at]!.token !== word) return undefined;
    if (capitals !== undefined && words[at]!.written !== capitals) return undefined;
    const reach = stems.length + slack;
    let [first, last, missing] = [at, at, 0];
    for (const wanted of stems) {
      const found = nearest(words, { wanted, at, reach });
      if (found === undefined) {
        missing += this.#weights[wanted]!;
        if (missing > (1 - threshold) * weight) return undefined;
        continue;
      }
      first = Math.min(first, found);
      last = Math.max(last, found);
    }
    if (last - first >= reach) return undefined;
    const { key, label } = concept;
    return { key, label, score: 1 - missing / weight, start: words[first]!.start, end: words[last]!.end, isPreferred };
  }

  #wordsIn({ text, start }: { text: string; start: number }): Word[] {
    if (isAscii(text)) return this.#plainWordsIn(text, start);
    return [...text.matchAll(/[\p{L}\p{M}\p{N}]+(?:(?<=\p{L})[+#]+)?/gu)].flatMap((match) => {
      const place = { start: start + match.index, end: start + match.index + match[0].length };
      return tokensOf(match[0]).map((token) => ({ ...place, token, written: match[0], stem: this.#known(token) }));
    });
  }

  /** The same for ASCII, where a word is one token and begins where it is written. */
  #plainWordsIn(text: string, start: number): Word[] {
    const words: Word[] = [];
    const pattern = plainWord();
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const token = match[0].toLowerCase();
      const from = start + match.index;
      words.push({ start: from, end: from + token.length, token, written: match[0], stem: this.#known(token) });
    }
    return words;
  }

  #known(token: string): number | undefined {
    const number = this.#numbers.get(token);
    if (number !== undefined) return number === none ? undefined : number;
    const found = this.#stemNumbers.get(stem(token));
    if (this.#numbers.size >= maxStems) this.#numbers.clear();
    this.#numbers.set(token, found ?? none);
    return found;
  }

  #stemOf(token: string): number {
    const own = stem(token);
    const number = this.#stemNumbers.get(own) ?? this.#stemNumbers.size;
    this.#stemNumbers.set(own, number);
    return number;
  }
}

/** Letters below which a word is an abbreviation, and means a skill only where it is written as one: SQL, PHP, C++. */
const shortWord = 4;

/** A single word tells of a skill only when it is the skill's own name and is not one of O*NET's broad elements. */
function isTelling(label: string, index: number, { key, label: written }: SkillConcept): boolean {
  const isName = label.length >= shortWord || /^[A-Z][A-Z+#]+$/.test(bare(written));
  return index === 0 && isName && !label.includes(' ') && !key.startsWith('onet:');
}

function byMerit(a: Found, b: Found): number {
  return (
    b.score - a.score ||
    b.end - b.start - (a.end - a.start) ||
    Number(b.isPreferred) - Number(a.isPreferred) ||
    (a.key < b.key ? -1 : 1)
  );
}

const none = -1;

interface Word {
  token: string;
  /** With its capitals. */
  written: string;
  stem: number | undefined;
  start: number;
  end: number;
}

function nearest(
  words: readonly Word[],
  { wanted, at, reach }: { wanted: number; at: number; reach: number },
): number | undefined {
  for (let distance = 0; distance < reach; distance++) {
    if (words[at + distance]?.stem === wanted) return at + distance;
    if (words[at - distance]?.stem === wanted) return at - distance;
  }
  return undefined;
}

/** A label does not run across the end of a sentence, a line or an item of a list. */
function sentencesIn(text: string): { text: string; start: number }[] {
  return [...text.matchAll(/[^.;:!?\n\r•]+/g)].map((match) => ({ text: match[0], start: match.index }));
}
