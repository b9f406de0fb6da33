import type { AskedQuestion, Clock, Log, QuestionNotes, QuestionWriter } from '@credatlas/ports';

/** How often counts go to the store: a kill loses the last of them, and nobody else waits for the writing. */
const everyMs = 30_000;
/** Different questions held meanwhile; what comes beyond is counted by its fields alone. */
const maxHeld = 2_000;

/** Counts questions in memory and adds them to the store now and then. Nothing about whoever asks ever comes here. */
export class QuestionCounts implements QuestionNotes {
  readonly #questions: QuestionWriter;
  readonly #clock: Clock;
  readonly #log: Log;
  #held = new Map<string, AskedQuestion>();

  constructor(options: { questions: QuestionWriter; clock: Clock; log: Log }) {
    this.#questions = options.questions;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  note({ text, fields }: Omit<AskedQuestion, 'count'>): void {
    const kept = this.#held.size < maxHeld ? text : '';
    const key = `${kept}\n${fields.join(',')}`;
    const known = this.#held.get(key);
    if (known) known.count += 1;
    else this.#held.set(key, { text: kept, fields, count: 1 });
  }

  forget(): void {
    this.#held.clear();
  }

  /** Brings what has been counted into the store; a failure is logged, and the counts are kept for the next time. */
  async flush(): Promise<void> {
    if (this.#held.size === 0) return;
    const held = this.#held;
    this.#held = new Map();
    try {
      await this.#questions.addQuestions(new Date(this.#clock.now()).toISOString().slice(0, 7), [...held.values()]);
    } catch (error) {
      this.#log.warn('questions could not be counted', { error });
      for (const [key, question] of held) if (!this.#held.has(key)) this.#held.set(key, question);
    }
  }

  /** Until the signal fires, and a last time then. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(everyMs, signal);
      await this.flush();
    }
  }
}
