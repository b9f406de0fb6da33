import type { Clock, CredentialReader, LabelReader, RecordReader, SearchEngine, Vocabulary } from '@credatlas/ports';

/** What answers are made from. */
export interface QueryDependencies {
  credentials: CredentialReader;
  labels: LabelReader;
  records: RecordReader;
  engine: SearchEngine;
  vocabulary: Vocabulary;
  clock: Clock;
  /** Base of the links that answers carry, without a slash at the end. */
  publicUrl: string;
}
