import type { GraphLiteral } from '@credatlas/model';
import type { Examination, Examined, Valued } from './Examination.ts';
import type { Detail } from './FindingList.ts';
import { isDuration, meantDate, readCurrency, readDate, readLanguage, readNumber } from './literalForms.ts';
import type { Range } from './ranges.ts';
import type { RuleCode } from './rules.ts';

/** A literal by what its property takes: dates that exist, numbers, durations, currencies, languages. */
export function examineLiteral(
  valued: Valued<GraphLiteral>,
  { resource }: Examined,
  { findings, untagged }: Examination,
): void {
  const { name, range, value } = valued;
  if (range.isTagged && value.language === undefined) {
    const known = untagged.get(name);
    if (known) known.count += 1;
    else untagged.set(name, { pointer: value.path, count: 1 });
  }
  const fault = faultOf(valued);
  if (fault) findings.add(fault.code, { pointer: valued.value.path, resource }, () => fault.detail);
}

interface Fault {
  code: RuleCode;
  detail: Detail;
}

function faultOf({ name, range, value }: Valued<GraphLiteral>): Fault | undefined {
  const { literal } = value;
  const text = String(literal).trim();
  switch (range.literal) {
    case 'date':
    case 'dateTime':
      return dateFault(name, text, range);
    case 'duration':
      return durationFault(name, text);
    case 'number':
    case 'integer':
      return numberFault(name, literal, range);
    case 'boolean':
      return booleanFault(name, text);
    case 'language':
      return languageFault(name, text);
    default:
      return name === 'ceterms:currency' || name === 'schema:currency' ? currencyFault(name, text) : undefined;
  }
}

/** A fault whose remedy is the suggestion, where there is one. */
function told(code: RuleCode, { message, fix, suggestion }: Detail): Fault {
  return { code, detail: { message, fix: suggestion === undefined ? fix : `Write ${suggestion}.`, suggestion } };
}

function dateFault(name: string, text: string, { isApproximate }: Range): Fault | undefined {
  const precision = readDate(text);
  if (precision === 'day' || (precision === 'part' && isApproximate)) return undefined;
  if (precision === 'part')
    return told('imprecise_date', {
      message: `${name} is "${text}", which is no whole day.`,
      fix: 'Write YYYY-MM-DD, or use the property for approximate dates.',
    });
  return told('malformed_date', {
    message: `${name} is "${text}", which is no date.`,
    fix: 'Write it as YYYY-MM-DD.',
    suggestion: meantDate(text),
  });
}

function durationFault(name: string, text: string): Fault | undefined {
  if (isDuration(text)) return undefined;
  return told('malformed_duration', {
    message: `${name} is "${text}", which is no duration.`,
    fix: 'Write it as in P6M (six months) or PT40H (forty hours).',
  });
}

function booleanFault(name: string, text: string): Fault | undefined {
  if (text === 'true' || text === 'false') return undefined;
  return told('malformed_boolean', { message: `${name} is "${text}".`, fix: 'Write true or false.' });
}

/** What a number can be, where it measures something. */
const bounds: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['ceterms:latitude', [-90, 90]],
  ['ceterms:longitude', [-180, 180]],
  ['ceterms:price', [0, Number.POSITIVE_INFINITY]],
  ['ceterms:minimumAge', [0, 150]],
  ['ceterms:yearsOfExperience', [0, 100]],
  ['ceterms:numberAwarded', [0, Number.POSITIVE_INFINITY]],
]);

function numberFault(name: string, literal: GraphLiteral['literal'], range: Range): Fault | undefined {
  const number = readNumber(literal);
  const isWhole = range.literal === 'integer';
  if (number === undefined || (isWhole && !Number.isInteger(number)))
    return told('malformed_number', {
      message: `${name} is "${literal}".`,
      fix: `Write a ${isWhole ? 'whole ' : ''}number, without unit or separators.`,
    });
  const [least, most] = bounds.get(name) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (number >= least && number <= most) return undefined;
  const upTo = most === Number.POSITIVE_INFINITY ? 'or more' : `to ${most}`;
  return told('number_out_of_range', {
    message: `${name} is ${number}.`,
    fix: `It can be ${least} ${upTo}; correct it.`,
  });
}

function languageFault(name: string, text: string): Fault | undefined {
  const { tag, isTag } = readLanguage(text);
  if (isTag) return undefined;
  return told('malformed_language', {
    message: `${name} is "${text}", which is no language tag.`,
    fix: 'Write a tag such as en or en-US.',
    suggestion: tag,
  });
}

function currencyFault(name: string, text: string): Fault | undefined {
  const { code, isCode } = readCurrency(text);
  if (isCode) return undefined;
  return told('malformed_currency', {
    message: `${name} is "${text}", which is no currency code.`,
    fix: 'Write a code such as USD.',
    suggestion: code,
  });
}
