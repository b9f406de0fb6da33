import type { Code } from './statement.ts';

/** Every beginning of a code by digits, so that a shorter code takes all below it; ESCO's and ISCO's apart from SOC's. */
export function codePaths({ code, scheme }: Code): string[] {
  const digits = (code ?? '').replace(/\D/g, '');
  if (scheme === 'isco' || scheme === 'esco') return beginnings(digits, 1).map((beginning) => `esco:${beginning}`);
  if (scheme === 'onet') return beginnings(digits.endsWith('00') ? digits.slice(0, 6) : digits, 2);
  return scheme === 'soc' || scheme === 'cip' || scheme === 'naics' ? beginnings(digits, 2) : [];
}

function beginnings(digits: string, from: number): string[] {
  const found: string[] = [];
  for (let end = from; end <= digits.length; end++) found.push(digits.slice(0, end));
  return found;
}

/** The path that a code written by a person stands for: `15-12` → `1512`, `esco:2512` → `esco:2512`; undefined for what is no code. */
export function codePath(text: string): string | undefined {
  const match = /^(?:(esco|isco|soc|onet|cip|naics):)?([\d][\d.\- ]*)$/i.exec(text.trim());
  // O*NET writes a whole SOC occupation as 15-1252.00.
  const digits = match?.[2]?.replace(/^(\d{2}-\d{4})\.00$/, '$1').replace(/\D/g, '');
  if (!digits) return undefined;
  return /^(esco|isco)$/i.test(match?.[1] ?? '') ? `esco:${digits}` : digits;
}
