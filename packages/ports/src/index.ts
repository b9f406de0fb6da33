export type { Envelope, EnvelopeEvent, EnvelopeReader } from './envelopes.ts';
export type { FetchAnswer, Fetcher, FetchRequest, Validators } from './fetcher.ts';
export type {
  CredentialChange,
  CredentialReader,
  EdgeCounts,
  GraphReader,
  GraphWriter,
  Joined,
  LabelEntry,
  LabelReader,
  Referrer,
  ReverseEdge,
  StatedReference,
  StoreCounts,
  Tombstone,
} from './graphs.ts';
export type { HistoryReader, PastCredential, SavedQueryReader, SavedQueryWriter } from './history.ts';
export type { IdentityBatch, IdentityReader, IdentityWriter, PendingIdentities } from './identities.ts';
export type { WriterLock } from './lock.ts';
export type { AskedQuestion, QuestionNotes, QuestionReader, QuestionWriter } from './questions.ts';
export type { CursorStore, RecordReader, RecordWriter } from './records.ts';
export type { ByteSource, Form, Route, RouteAnswer, RouteRequest } from './route.ts';
export type { EngineInfo, SearchEngine, Vocabulary, WantedTerms } from './searchEngine.ts';
export type { ShortlistHeading, ShortlistReader, ShortlistWriter } from './shortlists.ts';
export type { Clock, Log, Progress } from './surroundings.ts';
