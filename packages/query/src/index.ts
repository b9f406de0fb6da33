export type { QueryDependencies } from './dependencies.ts';
export { queryRoutes } from './routes.ts';
export type { Comparison, CredentialList, Summary } from './schemas.ts';
