export interface FetchRequest {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** Values of an earlier answer: sent as If-None-Match and If-Modified-Since. */
  validators?: Validators;
  /** Most bytes of the decoded body; more is a TooLargeError. Default: the fetcher's own. */
  maxBytes?: number;
  signal?: AbortSignal;
}

export interface Validators {
  etag?: string;
  lastModified?: string;
}

export interface FetchAnswer {
  /** Final address after redirects. */
  url: string;
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** Decoded; empty for 304 and for statuses without a body. */
  body: Uint8Array;
  notModified: boolean;
  validators: Validators;
  /** ISO 8601. */
  fetchedAt: string;
}

/**
 * Polite HTTP exchanges. Obeys robots.txt (RFC 9309), spaces requests per host, follows at most five redirects (each checked
 * anew), caps size and time, refuses private and loopback addresses unless their exact origin was allowed at start, retries
 * what may pass by itself. Answers any status that is not retried, so callers see 404 and 410 as answers.
 * Throws NotAllowedError (address or robots.txt), TooLargeError, ThrottledError or UnavailableError after its last try.
 */
export interface Fetcher {
  fetch(request: FetchRequest): Promise<FetchAnswer>;
  close(): Promise<void>;
}
