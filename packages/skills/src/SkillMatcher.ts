import { bare, folded, type SkillConcept, type SkillTable } from './SkillTable.ts';
import { type Sentence, sentencesIn } from './sentences.ts';
import { stem } from './stem.ts';
import { plainWord, tokensOf } from './tokens.ts';

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
/** Names of tools and languages that are words of every day. */
const everyday = new Set(
  `absorb assembly bash bootstrap canvas chef eclipse groovy jest less memory polish postman puppet rage react salt scratch slack
  snowflake solidity source spark swift unity zoom`.split(/\s+/),
);
/** Sentences are counted in 32 bits. */
const mostSentences = 2 ** 32 - 1;
/** Written words kept with their stems, some 100 bytes each: a bound on memory, not on what is read. Numbers and names never end. */
const maxWords = 20_000;

interface Label {
  concept: SkillConcept;
  stems: number[];
  weight: number;
  isPreferred: boolean;
  /** A label of one word is found only as it is written; one of few letters or of every day only in its own capitals. */
  word?: string;
  capitals?: string;
}

type Found = SkillMention & { isPreferred: boolean };

/** Finds skills by their labels in running text: every word of a label within a few words of one another, by light stems, in any order. */
export class SkillMatcher {
  readonly #stemNumbers = new Map<string, number>();
  readonly #words = new Map<string, Word>();
  /** The sentence in which each stem was last seen. */
  readonly #lastSeen: Uint32Array;
  #sentence = 0;
  readonly #weights: Float64Array;
  /** Those with the same rarest stem beside one another: where each stem's begin. Flat, as most of them are only glanced at. */
  readonly #labels: Label[];
  readonly #firstOf: Uint32Array;
  /** Side by side with the labels: the second rarest stem of each, and its share of the label's weight. */
  readonly #seconds: Uint32Array;
  readonly #shares: Float64Array;

  constructor(table: SkillTable) {
    const stems = new Map<string, number>();
    const labels = table.concepts.flatMap((concept) => this.#labelsOf(concept, { table, stems }));
    const counts = new Uint32Array(this.#stemNumbers.size);
    for (const { stems } of labels) for (const each of stems) counts[each]! += 1;
    this.#weights = Float64Array.from(counts, (count) => Math.log(1 + labels.length / count));
    for (const label of labels) {
      label.weight = label.stems.reduce((sum, each) => sum + this.#weights[each]!, 0);
      // The heaviest first: what is missing is noticed soonest.
      label.stems.sort((a, b) => counts[a]! - counts[b]!);
    }
    this.#labels = labels.sort((a, b) => a.stems[0]! - b.stems[0]!);
    this.#firstOf = new Uint32Array(counts.length + 1);
    for (const { stems } of labels) this.#firstOf[stems[0]! + 1]! += 1;
    for (let each = 0; each < counts.length; each++) this.#firstOf[each + 1]! += this.#firstOf[each]!;
    // A label of one word is its own second: always there.
    this.#seconds = Uint32Array.from(labels, ({ stems }) => stems[1] ?? stems[0]!);
    this.#shares = Float64Array.from(labels, ({ weight }, at) => this.#weights[this.#seconds[at]!]! / weight);
    this.#lastSeen = new Uint32Array(counts.length);
  }

  /** `known`: the stems of tokens met before; labels share most of their words. */
  #labelsOf(stated: SkillConcept, { table, stems: known }: { table: SkillTable; stems: Map<string, number> }): Label[] {
    // What two schemes call the same is one skill.
    const concept = table.named(stated.label) ?? stated;
    return [folded(stated.label), ...stated.alternatives].flatMap((label, index): Label[] => {
      const tokens = label.split(' ').filter((token) => !empty.has(token));
      const stems = [...new Set(tokens.map((token) => this.#stemOf(token, known)))];
      if (stems.length > 1) return [{ concept, stems, weight: 0, isPreferred: index === 0 }];
      if (stems.length === 0 || !isTelling(label, index, concept)) return [];
      const word = { concept, stems, weight: 0, isPreferred: true, word: label };
      const isPlain = label.length >= shortWord && !everyday.has(label);
      return [isPlain ? word : { ...word, capitals: bare(concept.label) }];
    });
  }

  /** Skills that the text mentions, best first, each once. Some ten microseconds for a kilobyte. */
  find(text: string, { threshold = 0.9, limit = 50 }: MatchOptions = {}): SkillMention[] {
    const best = new Map<string, Found>();
    for (const sentence of sentencesIn(text.slice(0, longestText))) {
      const words = this.#wordsIn(sentence, 1 - threshold);
      this.#begin();
      for (const { stem: own } of words.all) if (own !== none) this.#lastSeen[own] = this.#sentence;
      for (let at = 0; at < words.all.length; at++) this.#look(words, at, best);
    }
    return best.size === 0 ? [] : distinct([...best.values()].sort(byMerit), limit);
  }

  #begin(): void {
    if (this.#sentence < mostSentences) this.#sentence += 1;
    else {
      this.#lastSeen.fill(0);
      this.#sentence = 1;
    }
  }

  /** Adds the skills whose rarest word is this one. */
  #look(words: Words, at: number, best: Map<string, Found>): void {
    const own = words.all[at]!.stem;
    if (own === none) return;
    const end = this.#firstOf[own + 1]!;
    for (let index = this.#firstOf[own]!; index < end; index++) {
      // Most labels end here: their second rarest word is nowhere in the sentence, and the rest would not be enough.
      if (!this.#isThere(this.#seconds[index]!) && !(this.#shares[index]! <= words.mayMiss)) continue;
      const mention = this.#mention(this.#labels[index]!, words, at);
      if (!mention) continue;
      const known = best.get(mention.key);
      if (!known || mention.score > known.score) best.set(mention.key, mention);
    }
  }

  /** Whether a stem stands anywhere in the sentence at hand. */
  #isThere(stem: number): boolean {
    return this.#lastSeen[stem] === this.#sentence;
  }

  #mention(label: Label, words: Words, at: number): Found | undefined {
    const { concept, stems, weight, isPreferred, word, capitals } = label;
    const { all } = words;
    if (word !== undefined && all[at]!.token !== word) return undefined;
    if (capitals !== undefined && (all[at]!.written !== capitals || (at === 0 && isSentenceCase(capitals))))
      return undefined;
    const reach = stems.length + slack;
    let first = at;
    let last = at;
    let missing = 0;
    for (const wanted of stems) {
      const found = this.#isThere(wanted) ? nearest(all, { wanted, at, reach }) : undefined;
      if (found === undefined) {
        missing += this.#weights[wanted]!;
        if (missing > words.mayMiss * weight) return undefined;
        continue;
      }
      if (found < first) first = found;
      if (found > last) last = found;
    }
    if (last - first >= reach) return undefined;
    words.starts ??= startsOf(words);
    const [start, end] = [words.starts[first]!, words.starts[last]! + all[last]!.written.length];
    return { key: concept.key, label: concept.label, score: 1 - missing / weight, start, end, isPreferred };
  }

  #wordsIn({ text, start, isPlain }: Sentence, mayMiss: number): Words {
    // In ASCII a word is one token, and where it begins can be told later.
    if (isPlain)
      return { all: (text.match(plainWord()) ?? []).map((written) => this.#word(written)), text, start, mayMiss };
    const [all, starts]: [Word[], number[]] = [[], []];
    for (const { 0: written, index } of text.matchAll(/[\p{L}\p{M}\p{N}]+(?:(?<=\p{L})[+#]+)?/gu)) {
      for (const token of tokensOf(written)) {
        all.push({ token, written, stem: this.#stemNumbers.get(stem(token)) ?? none });
        starts.push(start + index);
      }
    }
    return { all, text, start, starts, mayMiss };
  }

  #word(written: string): Word {
    const known = this.#words.get(written);
    if (known) return known;
    const token = written.toLowerCase();
    const word = { token, written, stem: this.#stemNumbers.get(stem(token)) ?? none };
    if (this.#words.size >= maxWords) this.#words.clear();
    this.#words.set(written, word);
    return word;
  }

  #stemOf(token: string, known: Map<string, number>): number {
    const number = known.get(token);
    if (number !== undefined) return number;
    const own = stem(token);
    const found = this.#stemNumbers.get(own) ?? this.#stemNumbers.size;
    this.#stemNumbers.set(own, found);
    known.set(token, found);
    return found;
  }
}

/** Letters below which a word is an abbreviation, and means a skill only where it is written as one: SQL, PHP, C++. */
const shortWord = 4;

/** At the beginning of a sentence any word is written like this. */
function isSentenceCase(written: string): boolean {
  return /^\p{Lu}\p{Ll}+$/u.test(written);
}

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

/** The same words are one skill: the one that they are the name of, rather than another name of. */
function distinct(mentions: readonly Found[], limit: number): SkillMention[] {
  const spans = new Set<number>();
  const kept: SkillMention[] = [];
  for (const { key, label, score, start, end } of mentions) {
    if (kept.length >= limit) break;
    const span = start * (longestText + 1) + end;
    if (spans.has(span)) continue;
    spans.add(span);
    kept.push({ key, label, score, start, end });
  }
  return kept;
}

/** The stem of a word that is in no label. */
const none = -1;

interface Word {
  token: string;
  /** With its capitals. */
  written: string;
  stem: number;
}

/** The words of a sentence that begins at `start`; `starts`: where in the whole text each of them begins, once that is asked for. */
interface Words {
  all: Word[];
  text: string;
  start: number;
  starts?: number[];
  /** Share of a label's weight that they need not hold. */
  mayMiss: number;
}

function startsOf({ all, text, start }: Words): number[] {
  let from = 0;
  return all.map(({ written }) => {
    const at = text.indexOf(written, from);
    from = at + written.length;
    return start + at;
  });
}

function nearest(
  words: readonly Word[],
  { wanted, at, reach }: { wanted: number; at: number; reach: number },
): number | undefined {
  for (let distance = 0; distance < reach; distance++) {
    const after = at + distance;
    const before = at - distance;
    if (after < words.length && words[after]!.stem === wanted) return after;
    if (before >= 0 && words[before]!.stem === wanted) return before;
  }
  return undefined;
}
