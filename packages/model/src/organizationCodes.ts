import type { Organization } from './organization.ts';

/** What an organization goes by beside its identifiers of the web: UNITID, OPEID, other codes, and its address; as `organizationCodeForms` writes them. */
export function organizationCodes({ identifiers, webpage }: Pick<Organization, 'identifiers' | 'webpage'>): string[] {
  const codes = identifiers.flatMap(({ scheme, value }) => {
    if (scheme === 'ipedsID') return [`unitid ${number(value)}`];
    if (scheme === 'opeID') return opeForms(value);
    return [`code ${value.trim().toLowerCase()}`];
  });
  return [...new Set([...codes, ...(webpage ? [page(webpage)] : [])])];
}

/** The ways in which such a code may be kept, the likeliest first. */
export function organizationCodeForms(text: string): string[] {
  const code = text.trim().toLowerCase();
  const numbers = /^\d[\d-]{3,9}$/.test(code) ? [`unitid ${number(code)}`, `opeid ${number(code)}`] : [];
  return [...numbers, `code ${code}`, ...(/^(https?:\/\/|www\.)/.test(code) ? [page(code)] : [])];
}

/** 00262900 is 262900 is, for the main campus, 002629. */
function opeForms(value: string): string[] {
  const whole = number(value);
  return [`opeid ${whole}`, ...(whole.length > 5 && whole.endsWith('00') ? [`opeid ${whole.slice(0, -2)}`] : [])];
}

function number(value: string): string {
  return value.replace(/\D/g, '').replace(/^0+/, '');
}

/** Without what differs between writings of one address. */
function page(address: string): string {
  return `page ${address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/#?]+$/, '')}`;
}
