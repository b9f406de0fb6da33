import { classNames, classOf } from '@credatlas/ctdl';
import { nearestName } from '@credatlas/model';
import type { Examination, Examined } from './Examination.ts';

/** Classes in CTDL's own namespaces that the schema does not know: misspelt, or newer; either way kept. */
export function examineClasses({ node, resource }: Examined, { findings }: Examination): void {
  for (const type of node.types) {
    if (classOf(type) || !/^(?:ceterms|ceasn|qdata|asn):/.test(type)) continue;
    findings.add('unknown_class', { pointer: `${node.path}/@type`, resource, subject: type }, () => ({
      message: `${type} is no class that the schema declares; it is kept.`,
      fix: 'Check its spelling, or update the schema.',
      suggestion: nearestName(type, classNames()),
    }));
  }
}
