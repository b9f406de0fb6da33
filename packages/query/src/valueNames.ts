import { classLabel, className, conceptLabel, conceptsOf } from '@credatlas/ctdl';
import { type KeywordField, usStates } from '@credatlas/model';

const stateNames = new Map(Object.entries(usStates).map(([name, code]) => [code, inTitleCase(name)]));
const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

const readers: Partial<Record<KeywordField, (value: string) => string | undefined>> = {
  family: (value) => (value === 'microCredential' ? 'Micro-credential' : inWords(value)),
  type: classLabel,
  status: inWords,
  recognition: inWords,
  providerType: conceptNames('ceterms:OrganizationType'),
  providerSector: conceptNames('ceterms:AgentSector'),
  delivery: conceptNames('ceterms:Delivery'),
  audience: conceptNames('ceterms:Audience'),
  learningMethod: conceptNames('ceterms:LearningMethod'),
  country: (value) => (/^[A-Z]{2}$/.test(value) ? countryNames.of(value) : undefined),
  region: (value) => stateNames.get(value),
  language: languageName,
  'occupation.path': (path) => escoName(path) ?? (path.length > 2 ? `${path.slice(0, 2)}-${path.slice(2)}` : path),
  'program.path': (path) => (path.length > 2 ? `${path.slice(0, 2)}.${path.slice(2)}` : path),
};

/** The name people read for a value whose name does not come from the documents; the value itself where it has none. */
export function valueName(field: KeywordField, value: string): string {
  return readers[field]?.(value) ?? value;
}

/** Every way to write such a value: as it stands, by its name, a class without its prefix. */
export function spellings(field: KeywordField, value: string): string[] {
  const short = field === 'type' ? [className(value).replace(/^.*:/, '')] : [];
  return [value, valueName(field, value), ...short];
}

/** As the scheme is published; a term that is in no scheme, in words. */
function conceptNames(scheme: string): (term: string) => string {
  const labels = new Map(conceptsOf(scheme).map(({ term, label }) => [term, label]));
  return (term) => labels.get(term) || conceptLabel(term);
}

function escoName(path: string): string | undefined {
  return path.startsWith('esco:') ? `ESCO ${path.slice('esco:'.length)}` : undefined;
}

function languageName(tag: string): string | undefined {
  // Tags come from documents; what is no BCP 47 tag has no name.
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? safely(() => languageNames.of(tag)) : undefined;
}

function safely(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** `teachOut` → `Teach out`. */
function inWords(value: string): string {
  const words = value.replace(/(?=[A-Z])/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function inTitleCase(name: string): string {
  return name.replace(/\b(?!of\b)[a-z]/g, (letter) => letter.toUpperCase());
}
