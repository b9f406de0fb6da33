/** What counts as found in a text. */
export interface Wanted {
  words: ReadonlySet<string>;
  /** Words that follow one another. */
  phrases: readonly string[][];
}

/** Places of the tokens that are wanted, or belong to a wanted phrase. */
export function matchedPlaces(tokens: readonly string[], { words, phrases }: Wanted): Set<number> {
  const places = new Set<number>();
  tokens.forEach((token, start) => {
    if (words.has(token)) places.add(start);
    for (const phrase of phrases)
      if (phrase.every((each, offset) => tokens[start + offset] === each))
        for (let offset = 0; offset < phrase.length; offset++) places.add(start + offset);
  });
  return places;
}
