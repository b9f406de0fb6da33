/** Questions that are the same but for the values in their filters. Nothing says who asked, or when within the month. */
export interface AskedQuestion {
  /** Folded words; empty: none, or words that are not kept. */
  text: string;
  /** Filter fields that only records with a value get through, in alphabetical order. */
  fields: string[];
  count: number;
}

/** Where questions are noted as they are answered; must cost nothing worth speaking of. */
export interface QuestionNotes {
  note(question: Omit<AskedQuestion, 'count'>): void;
}

export interface QuestionReader {
  /** Counts of a month (`2026-01`) and all later ones together, the most asked first, and how many were asked in all. */
  asked(query: { from: string; limit: number }): Promise<{ questions: AskedQuestion[]; total: number }>;
}

export interface QuestionWriter {
  /**
   * Adds to the counts of a month. Beyond so many different ones in a month words are let go and only the fields counted; months
   * older than a year are forgotten.
   */
  addQuestions(month: string, questions: AskedQuestion[]): Promise<void>;
}
