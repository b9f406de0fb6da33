/** One document: JSON word for word, or a row or item as JSON. */
export interface FoundDocument {
  /** Entry of an archive and position in its file: empty for the only document of a plain file. */
  part: string;
  text: string;
  value: unknown;
  /** Line on which it starts. */
  line: number;
  /** Of the page it stands on, as that states it. */
  address?: string;
  warning?: string;
}
