import { fileURLToPath } from 'node:url';
import { checkedFile, type DataFile, dataFiles, faultyFile } from '../../dataFiles.ts';
import { staticFault } from '../../staticFault.ts';
import { type Classification, classificationSchema } from './Classification.ts';

const code = 'classification_invalid';

/**
 * The classification schemes that ship, and those of a user's JSON file or folder of such files; one with the id of a shipped one
 * takes its place. Throws InvalidInputError `classification_invalid` naming file, pointer and what is allowed.
 */
export function readClassifications(path?: string): Classification[] {
  const shipped = dataFiles(fileURLToPath(new URL('../../../classifications/', import.meta.url)), code);
  const own = path === undefined ? [] : dataFiles(path, code);
  return [...new Map([...shipped, ...own].map(readOne).map((each) => [each.id, each])).values()];
}

function readOne(file: DataFile): Classification {
  const scheme = checkedFile(file, classificationSchema, code);
  const faults = scheme.categories.flatMap(({ filter }, at) => {
    const detail = staticFault(filter);
    return detail === undefined ? [] : [{ pointer: `/categories/${at}/filter`, detail }];
  });
  if (faults.length > 0) throw faultyFile({ path: file.path, code }, faults);
  return scheme;
}
