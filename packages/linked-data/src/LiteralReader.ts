import type { GraphLiteral, GraphValue } from '@credatlas/model';
import type { Term } from './ContextTable.ts';
import type { IssueList } from './IssueList.ts';
import type { Part } from './Place.ts';
import { pointerToItem, shown } from './pointer.ts';

/** Characters of one text; the longest published description has some ten thousand. */
const maxText = 100_000;

/** One property of one node, as far as its literals need it. */
export interface LiteralFrame {
  term: Term;
  part: Part;
  /** True inside a list of values. */
  isList: boolean;
  out: GraphValue[];
}

/** Reads literals in each of their forms, with language, datatype and place. Blank texts say nothing and are left out. */
export class LiteralReader {
  readonly #issues: IssueList;

  constructor(issues: IssueList) {
    this.#issues = issues;
  }

  plain(value: number | boolean, path: string, { term, out }: LiteralFrame): void {
    out.push(
      term.datatype === undefined ? { literal: value, path } : { literal: value, datatype: term.datatype, path },
    );
  }

  text(text: string, path: string, { term, part, out }: LiteralFrame): void {
    if (isBlank(text)) return;
    const kept = text.length > maxText ? this.#cut(text, path) : text;
    if (term.datatype !== undefined) out.push({ literal: kept, datatype: term.datatype, path });
    else out.push(literal(kept, term.coercion === 'id' ? undefined : part.table.language, path));
  }

  valueObject(value: Record<string, unknown>, path: string, { part, out }: LiteralFrame): void {
    const { '@value': content, '@language': language, '@type': type } = value;
    if (typeof content !== 'string' && typeof content !== 'number' && typeof content !== 'boolean') {
      const message = 'The @value is neither text nor number nor true or false; it is left out. State a plain value.';
      if (content !== null) this.#issues.add({ code: 'unreadable_literal', path, message, raw: content });
      return;
    }
    if (typeof content === 'string' && isBlank(content)) return;
    const tag = typeof language === 'string' ? part.table.tagOf(language) : undefined;
    if (tag?.isMalformed) this.#malformed(String(language), tag.language, path);
    const datatype = typeof type === 'string' ? (part.table.term(type)?.stated ?? type) : undefined;
    out.push({
      literal: typeof content === 'string' && content.length > maxText ? this.#cut(content, path) : content,
      ...(tag?.language === undefined ? {} : { language: tag.language }),
      ...(datatype === undefined ? {} : { datatype }),
      path,
    });
  }

  languageMap(map: Record<string, unknown>, pointer: string, { term, part, isList, out }: LiteralFrame): void {
    if (isList || term.coercion !== 'language') {
      this.#issues.add({
        code: isList ? 'language_map_in_array' : 'language_map_unexpected',
        path: pointer,
        message: isList
          ? 'A list of language maps: standard expansion loses their text. Give one map, with lists inside it.'
          : 'A language map where the context expects none: standard expansion loses its text. Use the CTDL context.',
        raw: map,
      });
    }
    for (const tag in map) {
      const { language, step, isMalformed } = part.table.tagOf(tag);
      const path = pointer + step;
      if (isMalformed && tag !== '@none') this.#malformed(tag, language, path);
      const texts = map[tag];
      if (!Array.isArray(texts)) this.#inLanguage(texts, { language, path, out });
      else
        for (let index = 0; index < texts.length; index++)
          this.#inLanguage(texts[index], { language, path: pointerToItem(path, index), out });
    }
  }

  #inLanguage(
    text: unknown,
    { language, path, out }: { language: string | undefined; path: string; out: GraphValue[] },
  ): void {
    if (typeof text !== 'string' || isBlank(text)) return;
    out.push(literal(text.length > maxText ? this.#cut(text, path) : text, language, path));
  }

  #cut(text: string, path: string): string {
    const message = `The text has ${text.length} characters; the first ${maxText} are read. Shorten it.`;
    this.#issues.add({ code: 'text_cut', path, message });
    return text.slice(0, maxText);
  }

  #malformed(tag: string, language: string | undefined, path: string): void {
    const reading = language === undefined ? 'the text is kept without a language' : `read as ${language}`;
    const message = `"${shown(tag)}" is no language tag; ${reading}. Write one of BCP 47, such as en-US.`;
    this.#issues.add({ code: 'malformed_language_tag', path, message, raw: tag });
  }
}

/** As `trim() === ''`, without making the trimmed text where the first character already tells. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first > 32 && first < 127) && text.trim() === '';
}

function literal(text: string, language: string | undefined, path: string): GraphLiteral {
  return language === undefined ? { literal: text, path } : { literal: text, language, path };
}
