import { InvalidInputError } from '@credatlas/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filterFields } from './fields.ts';
import { type FilterNode, type FilterValue, parseFilter, quoted } from './filterSyntax.ts';

const text = (value: string, position: number): FilterValue => ({ kind: 'text', text: value, position });
const field = (name: string, values: FilterValue[], position = 0, isNegated = false): FilterNode => ({
  kind: 'field',
  field: name,
  isNegated,
  values,
  position,
});

test.each<[string, FilterNode[]]>([
  ['family:badge', [field('family', [text('badge', 7)])]],
  ['family:badge|certificate', [field('family', [text('badge', 7), text('certificate', 13)])]],
  [' family : badge , level : 4 ', [field('family', [text('badge', 10)], 1), field('level', [text('4', 26)], 18)]],
  ['family:!badge|none', [field('family', [text('badge', 8), { kind: 'none', position: 14 }], 0, true)]],
  ['cost:*', [field('cost', [{ kind: 'present', position: 5 }])]],
  ['cost:<2000', [field('cost', [{ kind: 'compare', operator: '<', text: '2000', position: 5 }])]],
  ['level:>= 4', [field('level', [{ kind: 'compare', operator: '>=', text: '4', position: 6 }])]],
  ['days:7..30', [field('days', [{ kind: 'between', from: '7', to: '30', position: 5 }])]],
  ['days:..30', [field('days', [{ kind: 'between', from: '', to: '30', position: 5 }])]],
  ['skill:"a, b|c (d)"', [field('skill', [text('a, b|c (d)', 6)])]],
  ['skill:"none"|"*"|"!x"', [field('skill', [text('none', 6), text('*', 13), text('!x', 17)])]],
  [String.raw`skill:"say \"hi\" \\ \n"`, [field('skill', [text(String.raw`say "hi" \ \n`, 6)])]],
  ['provider:https://example.org/a:b', [field('provider', [text('https://example.org/a:b', 9)])]],
  ['skill:onet:2.A.1.a|esco:25', [field('skill', [text('onet:2.A.1.a', 6), text('esco:25', 19)])]],
  [
    '(family:badge|(level:>=4,region:NJ))',
    [
      {
        kind: 'alternatives',
        position: 0,
        alternatives: [
          [field('family', [text('badge', 8)], 1)],
          [
            {
              kind: 'alternatives',
              position: 14,
              alternatives: [
                [
                  field('level', [{ kind: 'compare', operator: '>=', text: '4', position: 21 }], 15),
                  field('region', [text('NJ', 32)], 25),
                ],
              ],
            },
          ],
        ],
      },
    ],
  ],
  [
    '(family:badge|degree|level:4)',
    [
      {
        kind: 'alternatives',
        position: 0,
        alternatives: [
          [field('family', [text('badge', 8), text('degree', 14)], 1)],
          [field('level', [text('4', 27)], 21)],
        ],
      },
    ],
  ],
  [
    '(source:https://a.example|https://b.example)',
    [
      {
        kind: 'alternatives',
        position: 0,
        alternatives: [[field('source', [text('https://a.example', 8), text('https://b.example', 26)], 1)]],
      },
    ],
  ],
])('%s is read', (filter, nodes) => {
  expect(parseFilter(filter)).toEqual(nodes);
});

test.each<[string, number, string]>([
  ['', 0, 'a field is missing'],
  ['family', 6, 'a colon is missing'],
  ['family:', 7, 'a value is missing'],
  ['family:badge,', 13, 'a clause is missing'],
  ['family:badge|', 13, 'an alternative is missing'],
  ['family:badge)', 12, 'nothing was opened'],
  ['(family:badge', 13, 'nothing closes it'],
  ['()', 1, 'parentheses are empty'],
  ['family:"badge', 7, 'a quote is never closed'],
  ['family:"badge"x', 14, 'text goes on after a quote'],
  ['family:a"b"', 8, 'a quote stands within a value'],
  ['family:badge|!degree', 13, 'a mark stands within a list'],
  ['!family:badge', 0, 'a mark stands before a field'],
  ['family:!!badge', 8, 'a mark stands twice'],
  ['!(family:badge)', 0, 'a mark stands before parentheses'],
  ['skill:wow!', 9, 'a mark stands within a value'],
  ['level:>', 6, 'nothing follows the sign'],
  ['family:badge|level:4', 12, 'alternatives of two fields stand outside parentheses'],
  ['family:badge|(level:4)', 12, 'parentheses stand outside parentheses'],
  ['((((family:badge))))', 3, 'it is four deep'],
  [`${'level:4,'.repeat(64)}level:4`, 512, 'it has 65 clauses'],
])('%s is refused at %i: %s', (filter, position) => {
  const error = errorOf(filter);
  expect(error).toBeInstanceOf(InvalidInputError);
  expect(error).toMatchObject({ code: 'malformed_filter' });
  expect((error as InvalidInputError).faults).toEqual([
    expect.objectContaining({ code: 'malformed_filter', parameter: 'filter', position }),
  ]);
});

test('three deep and 64 clauses are taken', () => {
  expect(parseFilter('(((family:badge)))')).toHaveLength(1);
  expect(parseFilter(`${'level:4,'.repeat(63)}level:4`)).toHaveLength(64);
});

test('a long filter is refused before it is read', () => {
  expect(errorOf('('.repeat(1_000_000))).toMatchObject({ code: 'malformed_filter' });
});

test('no text makes the parser throw anything but InvalidInputError', () => {
  const pieces = fc.constantFrom(...'()|,:"!<>=.*\\ ', '..', 'none', 'family', 'level', 'badge', '4', 'é', '\u{1F600}');
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (filter) => {
      const error = errorOf(filter);
      expect(error === undefined || error instanceof InvalidInputError).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('what is printed is read as the same', () => {
  fc.assert(
    fc.property(filters, (nodes) => {
      expect(withoutPositions(parseFilter(printed(nodes)))).toEqual(withoutPositions(nodes));
    }),
    { numRuns: 500 },
  );
});

function errorOf(filter: string): unknown {
  try {
    parseFilter(filter);
    return undefined;
  } catch (error) {
    return error;
  }
}

const bareText = fc.stringMatching(/^[a-z0-9]{1,8}$/).filter((word) => word !== 'none');
const values = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => text(value, 0)),
  fc.constant<FilterValue>({ kind: 'present', position: 0 }),
  fc.constant<FilterValue>({ kind: 'none', position: 0 }),
  fc
    .tuple(fc.constantFrom('<', '<=', '>', '>='), bareText)
    .map(
      ([operator, value]): FilterValue => ({ kind: 'compare', operator: operator as '<', text: value, position: 0 }),
    ),
  fc.tuple(bareText, bareText).map(([from, to]): FilterValue => ({ kind: 'between', from, to, position: 0 })),
);
const names = fc.constantFrom(...filterFields.map(({ name }) => name));
const fieldNodes = fc
  .tuple(names, fc.array(values, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([name, list, isNegated]) => field(name, list, 0, isNegated));
const lists = (node: fc.Arbitrary<FilterNode>) => fc.array(node, { minLength: 1, maxLength: 2 });
const groups = (node: fc.Arbitrary<FilterNode>) =>
  fc
    .array(lists(node), { minLength: 1, maxLength: 2 })
    .map((alternatives): FilterNode => ({ kind: 'alternatives', alternatives, position: 0 }));
const inner = fc.oneof(fieldNodes, groups(fieldNodes));
const filters = lists(fc.oneof(fieldNodes, groups(inner)));

function printed(nodes: FilterNode[]): string {
  return nodes.map(printedNode).join(',');
}

function printedNode(node: FilterNode): string {
  if (node.kind === 'alternatives') return `(${node.alternatives.map(printed).join('|')})`;
  return `${node.field}:${node.isNegated ? '!' : ''}${node.values.map(printedValue).join('|')}`;
}

function printedValue(value: FilterValue): string {
  if (value.kind === 'text') return quoted(value.text);
  if (value.kind === 'compare') return `${value.operator}${value.text}`;
  if (value.kind === 'between') return `${value.from}..${value.to}`;
  return value.kind === 'present' ? '*' : 'none';
}

function withoutPositions(nodes: FilterNode[]): unknown {
  return JSON.parse(JSON.stringify(nodes, (key, value: unknown) => (key === 'position' ? undefined : value)));
}
