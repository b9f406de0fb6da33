import { type CredatlasError, InvalidInputError, NotFoundError, UnacceptableDocumentError } from '@credatlas/model';
import { exitCodes } from './exitCodes.ts';

/** Wrong input is the caller's matter; what is away, locked or refused is a neighbour's. */
export function exitCodeOf(error: CredatlasError): number {
  if (error instanceof InvalidInputError || error instanceof UnacceptableDocumentError) return exitCodes.usage;
  return error instanceof NotFoundError ? exitCodes.problems : exitCodes.neighbour;
}
