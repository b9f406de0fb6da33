import { className, conceptsOf, readConcept } from '@credatlas/ctdl';
import { codePath, InvalidInputError, type KeywordField, nearestName, unreachable } from '@credatlas/model';
import { fold } from '@credatlas/skills';
import type { FilterContext } from './compileFilter.ts';
import type { FilterField } from './fields.ts';

type KeywordFilterField = Extract<FilterField, { kind: 'keyword' }>;

interface WrittenValue {
  text: string;
  position: number;
}

/** The engine's values behind what a person wrote. A closed list refuses strangers; an open one warns and matches nothing. */
export async function readKeyword(
  field: KeywordFilterField,
  value: WrittenValue,
  context: FilterContext,
): Promise<{ engine: KeywordField; values: string[] }> {
  const { reading, engine } = field;
  switch (reading.by) {
    case 'closed':
      return { engine, values: [closedValue(field.name, value, reading.values)] };
    case 'concept':
      return { engine, values: [conceptValue(field.name, value, reading.scheme)] };
    case 'class':
      return { engine, values: [className(value.text)] };
    case 'label':
      return { engine, values: await labelled(reading.labels, value, context) };
    case 'code': {
      const path = codePath(value.text);
      if (path) return { engine: `${engine}.path` as KeywordField, values: [path] };
      return { engine, values: await labelled(engine, value, context) };
    }
    case 'language':
      return { engine, values: [value.text.toLowerCase()] };
    case 'place':
      return { engine, values: [...new Set([value.text, value.text.toUpperCase()])] };
    case 'credential':
      return { engine, values: [...new Set([await credentialId(value.text, context), value.text])] };
    case 'exact':
      return { engine, values: [value.text] };
    default:
      return unreachable(reading);
  }
}

function closedValue(field: string, { text, position }: WrittenValue, values: readonly string[]): string {
  const found = values.find((value) => value.toLowerCase() === text.toLowerCase());
  return found ?? refuseValue(field, { text, position }, values);
}

function conceptValue(field: string, { text, position }: WrittenValue, scheme: string): string {
  const spoken = scheme === 'ceterms:AgentSector' ? (spokenSectors[text.toLowerCase()] ?? text) : text;
  const concept = readConcept(spoken, scheme);
  return concept?.scheme === scheme
    ? concept.term
    : refuseValue(
        field,
        { text, position },
        conceptsOf(scheme).map(({ term }) => term),
      );
}

const spokenSectors: Readonly<Record<string, string>> = {
  'private non-profit': 'PrivateNonProfit',
  'non-profit': 'PrivateNonProfit',
  'private for-profit': 'PrivateForProfit',
  'for-profit': 'PrivateForProfit',
};

function refuseValue(field: string, { text, position }: WrittenValue, values: readonly string[]): never {
  const suggestion = nearestName(text, values);
  const detail = `"${field}" has no value "${text}". Values: ${values.join(', ')}.`;
  throw new InvalidInputError('unknown_filter_value', `filter, position ${position}: ${detail}`, {
    faults: [
      { code: 'unknown_filter_value', parameter: 'filter', position, detail, ...(suggestion ? { suggestion } : {}) },
    ],
  });
}

/** By value, name or alias; an identity of the credential's own kind (CTID, IRI) is an alias too. */
async function labelled(labels: KeywordField, { text }: WrittenValue, context: FilterContext): Promise<string[]> {
  const values = await context.labels.values(labels, text);
  if (values.length > 0) return values;
  const { entries } = await context.labels.list({
    field: labels,
    prefix: fold(text).split(' ')[0] ?? '',
    limit: 50,
    offset: 0,
  });
  const suggestion =
    nearestName(
      text,
      entries.map(({ label }) => label),
    ) ?? entries[0]?.label;
  context.warn(`Nothing has ${labels} "${text}".${suggestion ? ` Nearest: "${suggestion}".` : ''}`);
  return [text];
}

async function credentialId(text: string, { credentials }: FilterContext): Promise<string> {
  return (await credentials.credential(text))?.id ?? text;
}
