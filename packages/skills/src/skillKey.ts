import type { Confidence } from '@credatlas/model';
import { tokensOf } from './tokens.ts';

export interface SkillReference {
  uri?: string;
  code?: string;
  label?: string;
  /** Framework as named or linked; helps to tell what a bare code belongs to. */
  framework?: string;
}

export interface SkillIdentity {
  key: string;
  confidence: Confidence;
  scheme?: string;
  code?: string;
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** IRIs that name a skill in a public scheme; the first group is its code there. */
const linkedSchemes: readonly (readonly [scheme: string, pattern: RegExp])[] = [
  ['ctid', new RegExp(`/(?:resources|graph)/(ce-${uuid})/?$`, 'i')],
  ['esco', new RegExp(`data\\.europa\\.eu/esco/skill/(${uuid}|[\\w.-]+)$`, 'i')],
  ['onet', /onetonline\.org\/.*?\b(\d\.[A-Z](?:\.\d+)*(?:\.[a-z])?(?:\.\d+)?)\/?$/],
  ['case', new RegExp(`/ims/case/v1p[01]/CFItems/(${uuid})$`, 'i')],
  ['lightcast', /skills\.emsidata\.com\/skills\/(KS[0-9A-Z]+|ES[0-9A-Z]+)$/i],
];

const onetElement = /^\d\.[A-Z](\.\d+)+(\.[a-z])?(\.\d+)?$/;

/** One key for one skill, and how surely the statement names it: by link, by code alone, or by label alone. Undefined when it names nothing. */
export function skillKey(reference: SkillReference): SkillIdentity | undefined {
  return fromUri(reference.uri) ?? fromCode(reference) ?? fromLabel(reference.label);
}

function fromUri(uri: string | undefined): SkillIdentity | undefined {
  if (!uri) return undefined;
  for (const [scheme, pattern] of linkedSchemes) {
    const code = pattern.exec(uri)?.[1];
    if (code)
      return { key: `${scheme}:${scheme === 'onet' ? code : code.toLowerCase()}`, confidence: 'linked', scheme, code };
  }
  return /^(https?|urn|did):/i.test(uri) ? { key: uri, confidence: 'linked' } : undefined;
}

function fromCode({ code, framework = '' }: SkillReference): SkillIdentity | undefined {
  if (!code) return undefined;
  if (onetElement.test(code)) return { key: `onet:${code}`, confidence: 'codeOnly', scheme: 'onet', code };
  if (/^KS[0-9A-Z]{10,}$/.test(code))
    return { key: `lightcast:${code.toLowerCase()}`, confidence: 'codeOnly', scheme: 'lightcast', code };
  // A local code means something only within its framework.
  const scope = tokensOf(framework).join('-');
  return scope ? { key: `code:${scope}:${code}`, confidence: 'codeOnly', scheme: scope, code } : undefined;
}

/** What keys of skills begin with that are known by their folded label alone. */
export const labelKey = 'label:';

function fromLabel(label: string | undefined): SkillIdentity | undefined {
  const folded = tokensOf(label ?? '').join(' ');
  return folded ? { key: labelKey + folded, confidence: 'labelOnly' } : undefined;
}
