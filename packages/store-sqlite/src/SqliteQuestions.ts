import type { AskedQuestion, QuestionReader, QuestionWriter } from '@credatlas/ports';
import { type Connection, number, text } from './Connection.ts';

/** Different questions kept of one month: what is asked more than once or twice is among them. */
const maxOfMonth = 10_000;
const monthsKept = 12;

export class SqliteQuestions implements QuestionReader, QuestionWriter {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async asked({
    from,
    limit,
  }: {
    from: string;
    limit: number;
  }): Promise<{ questions: AskedQuestion[]; total: number }> {
    const rows = this.#connection.all(
      `SELECT text, fields, sum(count) AS n FROM question_counts WHERE month >= ?
       GROUP BY text, fields ORDER BY n DESC, text, fields LIMIT ?`,
      from,
      limit,
    );
    const counted = this.#connection.get(
      'SELECT ifnull(sum(count), 0) AS n FROM question_counts WHERE month >= ?',
      from,
    )!;
    return {
      questions: rows.map((row) => ({
        text: text(row, 'text'),
        fields: text(row, 'fields').split(',').filter(Boolean),
        count: number(row, 'n'),
      })),
      total: number(counted, 'n'),
    };
  }

  async addQuestions(month: string, questions: AskedQuestion[]): Promise<void> {
    this.#connection.transaction(() => {
      const counted = this.#connection.get('SELECT count(*) AS n FROM question_counts WHERE month = ?', month)!;
      let room = maxOfMonth - number(counted, 'n');
      for (const { text: words, fields, count } of questions) {
        const known = this.#connection.run(
          'UPDATE question_counts SET count = count + ? WHERE month = ? AND text = ? AND fields = ?',
          ...[count, month, words, fields.join(',')],
        );
        if (known > 0) continue;
        this.#connection.run(
          `INSERT INTO question_counts (month, text, fields, count) VALUES (?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET count = count + excluded.count`,
          ...[month, room > 0 ? words : '', fields.join(','), count],
        );
        room -= 1;
      }
      this.#connection.run('DELETE FROM question_counts WHERE month < ?', monthsBefore(month, monthsKept));
    });
  }
}

function monthsBefore(month: string, months: number): string {
  const day = new Date(`${month}-01T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString().slice(0, 7);
}
