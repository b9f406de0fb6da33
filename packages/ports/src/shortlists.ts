import type { Shortlist } from '@credatlas/model';

/** A list without its entries. */
export interface ShortlistHeading extends Omit<Shortlist, 'entries'> {
  size: number;
}

export interface ShortlistReader {
  /** All of them, by name. */
  shortlists(): Promise<ShortlistHeading[]>;
  shortlist(name: string): Promise<Shortlist | undefined>;
}

export interface ShortlistWriter {
  /** Puts the list in the place of the one of its name, if any, at the next change sequence, which it answers. */
  putShortlist(list: Omit<Shortlist, 'seq'>): Promise<number>;
  /** Answers whether there was one. */
  removeShortlist(name: string): Promise<boolean>;
}
