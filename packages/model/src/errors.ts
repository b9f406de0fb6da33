/** Where in a request or a document a fault sits, and what to do about it. Becomes `errors[]` of RFC 9457 bodies. */
export interface Fault {
  code: string;
  detail: string;
  /** JSON pointer into the body. */
  pointer?: string;
  /** Query parameter. */
  parameter?: string;
  /** Offset in the parameter's text, in UTF-16 units. */
  position?: number;
  suggestion?: string;
}

interface ErrorOptionsWithFaults extends ErrorOptions {
  faults?: Fault[];
}

/** Base of every error thrown on purpose. `code` is stable snake_case. */
export abstract class CredatlasError extends Error {
  readonly code: string;
  readonly faults: Fault[];

  constructor(code: string, message: string, options: ErrorOptionsWithFaults = {}) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.faults = options.faults ?? [];
  }
}

/** The caller asked for something that cannot be read. Never retried. */
export class InvalidInputError extends CredatlasError {}

/** The document can be read but breaks a rule. Never retried. */
export class UnacceptableDocumentError extends CredatlasError {}

/** The thing is not here. Never retried. */
export class NotFoundError extends CredatlasError {}

/** The thing was here and has been withdrawn. Never retried. */
export class WithdrawnError extends CredatlasError {
  readonly tombstone: Record<string, unknown>;

  constructor(code: string, message: string, tombstone: Record<string, unknown>) {
    super(code, message);
    this.tombstone = tombstone;
  }
}

/** Another state than the caller assumed, or another holder of a lock. Never retried. */
export class ConflictError extends CredatlasError {}

/** No or not enough rights; also an address that may not be fetched. Never retried. */
export class NotAllowedError extends CredatlasError {
  /** True when no valid token came with the request (401 rather than 403). */
  readonly unauthenticated: boolean;

  constructor(code: string, message: string, options: ErrorOptionsWithFaults & { unauthenticated?: boolean } = {}) {
    super(code, message, options);
    this.unauthenticated = options.unauthenticated ?? false;
  }
}

/** More bytes, depth or time than is allowed here. Never retried. */
export class TooLargeError extends CredatlasError {}

/** None of the forms the caller accepts can be given, or the form sent cannot be taken. Never retried. */
export class UnsupportedMediaError extends CredatlasError {}

/** A neighbour is away. Retried with backoff by the fetcher, then by the stage. */
export class UnavailableError extends CredatlasError {}

/** A neighbour asks to wait. */
export class ThrottledError extends UnavailableError {
  readonly retryAfterMs: number;

  constructor(code: string, message: string, options: ErrorOptionsWithFaults & { retryAfterMs: number }) {
    super(code, message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Our own machine broke a promise. Stops the process. */
export class BrokenInvariantError extends CredatlasError {
  constructor(message: string, options: ErrorOptions = {}) {
    super('broken_invariant', message, options);
  }
}

/** For the last branch of a switch over a union. */
export function unreachable(value: never): never {
  throw new BrokenInvariantError(`Unhandled case ${JSON.stringify(value)}. A branch is missing; report it.`);
}
