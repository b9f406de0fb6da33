import { styleText } from 'node:util';
import type { Progress } from '@credatlas/ports';

export interface TerminalStreams {
  out: NodeJS.WritableStream & { columns?: number };
  error: NodeJS.WritableStream & { isTTY?: boolean };
  /** NO_COLOR is set, or nobody reads colours. */
  plain: boolean;
}

/** How often a terminal's bar is drawn, and how often a line is written where there is none. */
const redrawMs = { terminal: 100, elsewhere: 3000 };
const barWidth = 24;
/** Characters of a line where no terminal says how many it has: what fits a page and most screens. */
const ordinaryWidth = 100;

/** What a person sees: results on standard output; words and progress on standard error. */
export class Terminal implements Progress {
  readonly #streams: TerminalStreams;
  readonly #now: () => number;
  #drawnAt = 0;
  #hasBar = false;
  /** What is being done now, for whoever else asks. */
  current: { stage: string; done: number; total?: number } | undefined;
  /** Progress is kept for whoever asks, and not written. */
  isQuiet = false;

  constructor(options: { streams: TerminalStreams; now: () => number }) {
    this.#streams = options.streams;
    this.#now = options.now;
    this.#drawnAt = options.now();
  }

  /** Whether a person looks at standard error as it is written. */
  get isInteractive(): boolean {
    return this.#streams.error.isTTY === true;
  }

  /** Characters that fit on a line of results. */
  get width(): number {
    return this.#streams.out.columns ?? ordinaryWidth;
  }

  /** A result. */
  print(text: string): void {
    this.#streams.out.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** Words for people. */
  say(text: string): void {
    this.endProgress();
    this.#streams.error.write(`${text}\n`);
  }

  strong(text: string): string {
    return this.#streams.plain ? text : styleText('bold', text);
  }

  report(stage: string, done: number, total?: number): void {
    this.current = { stage, done, ...(total === undefined ? {} : { total }) };
    const isInteractive = this.isInteractive;
    const now = this.#now();
    if (this.isQuiet || now - this.#drawnAt < (isInteractive ? redrawMs.terminal : redrawMs.elsewhere)) return;
    this.#drawnAt = now;
    const words = `${stage} ${done.toLocaleString('en')}${total ? ` of ${total.toLocaleString('en')}` : ''}`;
    this.#streams.error.write(isInteractive ? `\r\x1b[K${bar(done, total)}${words}` : `… ${words}\n`);
    this.#hasBar = isInteractive;
  }

  /** Takes the bar away. */
  endProgress(): void {
    this.current = undefined;
    if (this.#hasBar) this.#streams.error.write('\r\x1b[K');
    this.#hasBar = false;
  }
}

function bar(done: number, total: number | undefined): string {
  if (!total) return '';
  const filled = Math.min(barWidth, Math.round((done / total) * barWidth));
  return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}] `;
}
