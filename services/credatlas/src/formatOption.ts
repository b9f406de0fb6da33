import { Option } from 'commander';

/** `--format`, for a command whose route answers in these forms, too. */
export function formatOption(...formats: string[]): Option {
  const all = ['json', ...formats];
  return new Option('--format <format>', `${all.slice(0, -1).join(', ')} or ${all.at(-1)}; words unless given`);
}
