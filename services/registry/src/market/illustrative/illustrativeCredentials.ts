import { Chooser } from './Chooser.ts';
import { type IllustrativeField, illustrativeFields } from './fields.ts';
import { type IllustrativeKind, kindsOf } from './kinds.ts';
import { type IllustrativeProvider, illustrativeProviders } from './providers.ts';

/** One credential of the illustrative market. */
export interface IllustrativeCredential {
  key: string;
  name: string;
  kind: IllustrativeKind;
  field: IllustrativeField;
  provider: IllustrativeProvider;
  choose: Chooser;
}

/** Every provider in every field, so that each question finds several to compare. */
export function illustrativeCredentials(): IllustrativeCredential[] {
  return illustrativeProviders.flatMap((provider) =>
    illustrativeFields.map((field) => {
      const key = keyOf(provider, field);
      const choose = new Chooser(key);
      const kind = choose.one('kind', kindsOf[provider.kind] ?? []);
      return { key, name: `${kind.label} in ${field.name}`, kind, field, provider, choose };
    }),
  );
}

/** The name that its identifiers are made from. */
export function keyOf(provider: IllustrativeProvider, field: IllustrativeField): string {
  return `credential illustrative ${provider.key} ${field.key}`;
}
