export { clusterChanges, type IdentityDependencies } from './clusterChanges.ts';
