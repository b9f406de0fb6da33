export { MemoryEnvelopes, type PublishedGraph } from './MemoryEnvelopes.ts';
export type { RegistryDependencies } from './RegistryDependencies.ts';
export { registryRoutes } from './registryRoutes.ts';
