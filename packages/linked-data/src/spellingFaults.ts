import { propertyOf } from '@credatlas/ctdl';
import type { Issue } from '@credatlas/model';
import { isCtdlName, isStrayCtdlIri } from './compactName.ts';

/** A fault of a property's name, told once per document. */
export interface SpellingFault {
  subject: string;
  issue: Omit<Issue, 'path'>;
}

/** What is wrong with the way a property is written: `stated` as the document has it, `name` as it is called today. */
export function spellingFaults({ iri, stated, name }: { iri: string; stated: string; name: string }): SpellingFault[] {
  const faults: SpellingFault[] = [];
  if (name !== stated) {
    const message = `${stated} is now ${name}; read as that. Rename it.`;
    faults.push({ subject: `renamed ${stated}`, issue: { code: 'renamed_term', severity: 'warning', message } });
  } else if (isCtdlName(name) && !propertyOf(name)) {
    const message = `${name} is not in the CTDL of this program; it is kept. Check its spelling, or update the schema.`;
    faults.push({ subject: `unknown ${name}`, issue: { code: 'unknown_term', severity: 'note', message } });
  }
  if (isStrayCtdlIri(iri)) {
    const message =
      'The document writes CTDL terms in another namespace than the vocabulary; read as https. Correct it.';
    faults.push({ subject: 'namespace', issue: { code: 'http_namespace', severity: 'warning', message } });
  }
  return faults;
}
