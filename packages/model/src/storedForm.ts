/**
 * The form in which joined records are stored: a digest of their schemas, which a test holds it to. A store that was written in another
 * is read and joined again from its records.
 */
export const storedForm = '1b181de1d5960b12';
