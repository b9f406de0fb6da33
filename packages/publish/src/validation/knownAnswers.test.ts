import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocuments } from '@credatlas/documents';
import { describe, expect, test } from 'vitest';
import { DocumentValidator } from './DocumentValidator.ts';
import { Neighbours } from './Neighbours.ts';

const folder = join(process.env.CREDATLAS_TEST_DATA ?? '', 'ctdl-docs');
const parity = 'chelseakr-ctdl-validate-jvm/parity';
const resolved = 'chelseakr-ctdl-validate/tests/fixtures/resolve';

/** Publishing requirements, which the fixtures were not made to meet. */
const publishing = new Set([
  'required_property_missing',
  'recommended_properties_missing',
  'profile_property_missing',
  'status_not_stated',
]);

/** The faults that the authors of the fixtures put into them, in their order. */
const answers: readonly (readonly [string, readonly string[]])[] = [
  [`${parity}/fixtures/clean_framework.json`, []],
  [`${parity}/fixtures/clean_single_entity.json`, []],
  // Clean to them; here a document without any identity cannot be published.
  [`${parity}/fixtures/clean_optional_only.json`, ['error no_identity', 'warning node_without_identity']],
  // Theirs refuses it unread: the graph is no array. Here it is read, and has no identity.
  [`${parity}/fixtures/bad_graph_not_array.json`, ['error no_identity', 'warning node_without_identity']],
  // The registry's own form of pointing at concepts, a note to them; the contradiction is the vocabulary's, so nothing here.
  [`${parity}/ahead/fixtures/concept_range_conflict.json`, []],
  [`${parity}/fixtures/concept_range_guards.json`, ['error range_violation']],
  [
    `${parity}/fixtures/ctid_uri_mismatch.json`,
    ['error ctid_and_iri_disagree', 'error malformed_registry_iri', 'undetermined reference_outside_document'],
  ],
  [`${parity}/fixtures/ctid_warnings.json`, ['warning ctid_not_version_4', 'warning uppercase_ctid']],
  [`${parity}/fixtures/domain_violation.json`, ['error domain_violation', 'note inverse_one_directional']],
  [`${parity}/fixtures/external_reference.json`, ['undetermined reference_outside_document']],
  [
    `${parity}/fixtures/identifier_kind.json`,
    [
      'error bare_identifier',
      'error bare_identifier',
      'error dangling_blank_node',
      'error relative_reference',
      // What the two bare identifiers are read as is described elsewhere.
      'undetermined reference_outside_document',
      'undetermined reference_outside_document',
    ],
  ],
  [`${parity}/fixtures/unknown_terms.json`, ['warning unknown_class', 'warning unknown_term', 'warning unknown_term']],
  [`${resolved}/competency_only.json`, ['undetermined reference_outside_document']],
  [`${resolved}/framework_only.json`, []],
];

describe.skipIf(!existsSync(folder))('documents with known faults (skipped without CREDATLAS_TEST_DATA)', () => {
  const document = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

  test.each(answers)('%s', async (file, expected) => {
    const { findings } = await new DocumentValidator().validate(document(file));
    const found = findings
      .filter(({ code }) => !publishing.has(code))
      .map(({ severity, code }) => `${severity} ${code}`);
    expect(found.sort()).toEqual([...expected].sort());
  });

  test.each([
    [
      'the framework that a competency is part of settles the reference',
      'competency_only.json',
      'framework_only.json',
      [],
    ],
    [
      'an owner that is no organization is an error',
      `../../../../${parity}/fixtures/external_reference.json`,
      'variants/owner_is_not_an_organization.json',
      ['error range_violation'],
    ],
  ])('%s', async (_what, file, neighbour, expected) => {
    const neighbours = new Neighbours();
    await neighbours.add(document(join(resolved, neighbour)));
    const { findings } = await new DocumentValidator().validate(document(join(resolved, file)), { neighbours });
    const found = findings
      .filter(({ code }) => !publishing.has(code))
      .map(({ severity, code }) => `${severity} ${code}`);
    expect(found).toEqual(expected);
  });
});

describe.skipIf(!existsSync(folder))('all real documents (skipped without CREDATLAS_TEST_DATA)', () => {
  test('none fails the validator, and every finding has place, rule, source and remedy', async () => {
    const validator = new DocumentValidator();
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(?:json|jsonld|txt)$/.test(name),
    );
    expect(files.length).toBeGreaterThan(400);
    let documents = 0;
    for (const file of files) {
      for await (const found of readDocuments({ name: file, bytes: readFileSync(join(folder, file)) })) {
        if ('refused' in found) continue;
        documents += 1;
        const { findings } = await validator.validate(found.value, { source: found });
        const incomplete = findings.filter(
          ({ message, rule, source, fix, pointer, line }) =>
            !message || !rule || !source || !fix || !/^(?:\/|$)/.test(pointer) || !line,
        );
        expect(incomplete, file).toEqual([]);
      }
    }
    expect(documents).toBeGreaterThan(3_000);
  });
});
