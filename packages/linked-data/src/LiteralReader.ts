import type { GraphLiteral, GraphValue } from '@credatlas/model';
import type { Term } from './ContextTable.ts';
import type { IssueList } from './IssueList.ts';
import { readLanguageTag } from './languageMaps.ts';
import type { Part } from './Place.ts';
import { escapedStep, shown } from './pointer.ts';

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
    const tag = typeof language === 'string' ? this.#tag(language, path) : undefined;
    const datatype = typeof type === 'string' ? (part.table.term(type)?.stated ?? type) : undefined;
    out.push({
      literal: typeof content === 'string' && content.length > maxText ? this.#cut(content, path) : content,
      ...(tag === undefined ? {} : { language: tag }),
      ...(datatype === undefined ? {} : { datatype }),
      path,
    });
  }

  languageMap(map: Record<string, unknown>, pointer: string, { term, isList, out }: LiteralFrame): void {
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
    for (const tag of Object.keys(map)) {
      const path = `${pointer}/${escapedStep(tag)}`;
      const texts = map[tag];
      const language = tag === '@none' ? undefined : this.#tag(tag, path);
      const push = (text: unknown, at: string): void => {
        if (typeof text === 'string' && !isBlank(text))
          out.push(literal(text.length > maxText ? this.#cut(text, at) : text, language, at));
      };
      if (!Array.isArray(texts)) push(texts, path);
      else for (const [index, text] of texts.entries()) push(text, `${path}/${index}`);
    }
  }

  #cut(text: string, path: string): string {
    const message = `The text has ${text.length} characters; the first ${maxText} are read. Shorten it.`;
    this.#issues.add({ code: 'text_cut', path, message });
    return text.slice(0, maxText);
  }

  #tag(tag: string, path: string): string | undefined {
    const language = readLanguageTag(tag);
    if (language !== tag.toLowerCase()) {
      const reading = language === undefined ? 'the text is kept without a language' : `read as ${language}`;
      const message = `"${shown(tag)}" is no language tag; ${reading}. Write one of BCP 47, such as en-US.`;
      this.#issues.add({ code: 'malformed_language_tag', path, message, raw: tag });
    }
    return language;
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
