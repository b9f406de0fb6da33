/**
 * The form in which records are indexed: raised whenever `searchDocument` says something else of the same record. An index that was built
 * in another is built anew, since nothing in the store has changed that it would follow.
 */
export const documentForm = '2: transfers of credit from day to day';
