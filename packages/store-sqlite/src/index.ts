export { checkStore, openStore, type Store, type StoreOptions } from './openStore.ts';
export { restoreStore } from './restoreStore.ts';
