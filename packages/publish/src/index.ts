export { type RegistryDependencies, registryRoutes } from './registryRoutes.ts';
