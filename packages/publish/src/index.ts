export { MemoryEnvelopes, type PublishedGraph } from './MemoryEnvelopes.ts';
export { type RegistryDependencies, registryRoutes } from './registryRoutes.ts';
