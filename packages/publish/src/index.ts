export { MemoryEnvelopes, type PublishedGraph } from './MemoryEnvelopes.ts';
export type { RegistryDependencies } from './RegistryDependencies.ts';
export { registryRoutes } from './registryRoutes.ts';
export { DocumentValidator, type ValidationOptions, validateDocument } from './validation/DocumentValidator.ts';
export type { Completeness, Finding, FindingSeverity, ValidatedResource, Validation } from './validation/Finding.ts';
export { Neighbours } from './validation/Neighbours.ts';
export { refusedValidation } from './validation/validationOf.ts';
export { validationRoutes } from './validation/validationRoutes.ts';
