import { stemmer } from 'stemmer';

/** Light English stem: Porter's, so that `nurses` and `nursing` meet. Tokens with digits, or of three characters and fewer, are their own stem. */
export function stem(token: string): string {
  return token.length <= 3 || /[^a-z]/.test(token) ? token : stemmer(token);
}
