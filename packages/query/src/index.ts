export type { QueryDependencies } from './dependencies.ts';
export { queryRoutes } from './routes.ts';
