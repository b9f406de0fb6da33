import { currentTerm, propertyNames, propertyOf, readCtid, registryIri, replacementOf } from '@credatlas/ctdl';
import { type Issue, nearestName } from '@credatlas/model';
import type { FindingList } from './FindingList.ts';
import { readLanguage } from './literalForms.ts';
import { isRuleCode } from './rules.ts';

/** Unknown terms that are compared with all known ones: the comparison is dear, and real documents hold a handful. */
const maxCompared = 100;

/** What was noticed while the document was read as linked data, each under the rule of its code. */
export function reportReading(issues: readonly Issue[], findings: FindingList): void {
  let compared = 0;
  for (const issue of issues) {
    const { code, path: pointer, severity } = issue;
    const { message, fix } = splitAdvice(issue.message);
    const isUnknown = code === 'unknown_term';
    if (isUnknown) compared += 1;
    findings.add(isRuleCode(code) ? code : 'read_with_loss', { pointer, subject: isRuleCode(code) ? '' : code }, () => {
      const suggestion = isUnknown ? (compared <= maxCompared ? termFor(pointer) : undefined) : suggestionOf(issue);
      return { message, fix, suggestion, ...(isRuleCode(code) ? {} : { severity }) };
    });
  }
}

/** Messages end in what to do; a finding says it apart. */
export function splitAdvice(text: string): { message: string; fix: string } {
  const end = text.lastIndexOf('. ');
  return end < 0
    ? { message: text, fix: 'Correct it there.' }
    : { message: text.slice(0, end + 1), fix: text.slice(end + 2) };
}

function suggestionOf({ code, path, raw }: Issue): string | undefined {
  if (code === 'renamed_term') return currentTerm(lastStep(path));
  if (raw === undefined) return undefined;
  if (code === 'malformed_language_tag') return readLanguage(raw).tag;
  const ctid = code === 'bare_identifier' ? readCtid(raw).ctid : undefined;
  return ctid === undefined ? undefined : registryIri(ctid);
}

/** What takes the place of an old term; the same term with another prefix; else the known one that comes nearest under the same prefix. */
function termFor(pointer: string): string | undefined {
  const name = lastStep(pointer);
  const [prefix = '', local = ''] = name.split(':');
  const known = propertyNames().filter((each) => propertyOf(each)?.status !== 'undeclared');
  const nearest = nearestName(
    local,
    known.filter((each) => each.startsWith(`${prefix}:`)).map((each) => each.slice(prefix.length + 1)),
  );
  return (
    replacementOf(name) ??
    known.find((each) => each.endsWith(`:${local}`)) ??
    (nearest === undefined ? undefined : `${prefix}:${nearest}`)
  );
}

function lastStep(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}
