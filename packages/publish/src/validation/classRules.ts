import { classNames, classOf, propertyNames, propertyOf } from '@credatlas/ctdl';
import { nearestName } from '@credatlas/model';
import type { Examination, Examined } from './Examination.ts';

/** Classes that the schema refers to, declared or not: those of the newer QData are declared nowhere (`ctdl-model` §1.7). */
const referredTo: ReadonlySet<string> = new Set(
  propertyNames().flatMap((name) => {
    const { domain = [], range = [] } = propertyOf(name) ?? {};
    return [...domain, ...range];
  }),
);

/** Classes in CTDL's own namespaces that the schema does not know: misspelt, or newer; either way kept. */
export function examineClasses({ node, resource }: Examined, { findings }: Examination): void {
  for (const type of node.types) {
    if (classOf(type) || referredTo.has(type) || !/^(?:ceterms|ceasn|qdata|asn):/.test(type)) continue;
    findings.add('unknown_class', { pointer: `${node.path}/@type`, resource, subject: type }, () => ({
      message: `${type} is no class that the schema declares; it is kept.`,
      fix: 'Check its spelling, or update the schema.',
      suggestion: nearestName(type, classNames()),
    }));
  }
}
