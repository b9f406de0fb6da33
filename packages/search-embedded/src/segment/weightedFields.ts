import { textFieldWeights, type WeightedTextField } from '@credatlas/model';

export const weightedFields = Object.keys(textFieldWeights) as WeightedTextField[];
/** Bits of a posting's weight below the mask of fields. */
export const frequencyBits = 11;
export const largestFrequency = (1 << frequencyBits) - 1;
