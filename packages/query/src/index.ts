export type { Cluster, ClusteredCredential, ClusterList, Decision } from './clusters/schemas.ts';
export type { QueryDependencies } from './dependencies.ts';
export type { PathwayList } from './pathways/schemas.ts';
export { queryRoutes } from './queryRoutes.ts';
export type { ReferenceList } from './references/schemas.ts';
export type { QueryChanges, SavedQueries, SavedQueryDetail } from './savedQueries/schemas.ts';
export type { Comparison, CredentialList, Summary } from './schemas.ts';
export type { ShortlistDetail, Shortlists } from './shortlists/schemas.ts';
