import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { Terminal } from './Terminal.ts';

function build(isTTY: boolean) {
  const written = { out: '', error: '' };
  const stream = (name: 'out' | 'error') =>
    new Writable({
      write(piece, _encoding, done) {
        written[name] += String(piece);
        done();
      },
    });
  const time = { now: 0 };
  const error = Object.assign(stream('error'), { isTTY });
  const terminal = new Terminal({ streams: { out: stream('out'), error, plain: true }, now: () => time.now });
  return { terminal, written, time };
}

test('results go to standard output, words to standard error', () => {
  const { terminal, written } = build(false);
  terminal.print('result');
  terminal.say('word');
  expect(written).toEqual({ out: 'result\n', error: 'word\n' });
});

test('without a terminal progress is a line every three seconds', () => {
  const { terminal, written, time } = build(false);
  for (let second = 0; second <= 7; second++) {
    time.now = second * 1000;
    terminal.report('crawl', second * 1000, 7000);
  }
  expect(written.error).toBe('… crawl 3,000 of 7,000\n… crawl 6,000 of 7,000\n');
});

test('on a terminal progress is a bar that words take away', () => {
  const { terminal, written, time } = build(true);
  time.now = 100;
  terminal.report('join', 12, 24);
  expect(written.error).toBe('\r\x1b[K[############............] join 12 of 24');
  terminal.say('done');
  expect(written.error.endsWith('\r\x1b[Kdone\n')).toBe(true);
  expect(terminal.current).toBeUndefined();
});

test('a quiet terminal shows no progress, and words all the same', () => {
  const { terminal, written, time } = build(true);
  terminal.isQuiet = true;
  time.now = 100;
  terminal.report('join', 12, 24);
  expect([written.error, terminal.current]).toEqual(['', { stage: 'join', done: 12, total: 24 }]);
  terminal.say('refused');
  expect(written.error).toBe('refused\n');
});
