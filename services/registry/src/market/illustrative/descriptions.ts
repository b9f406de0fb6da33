import type { IllustrativeSkill } from './fields.ts';
import type { IllustrativeCredential } from './illustrativeCredentials.ts';

type Template = (given: { label: string; field: IllustrativeCredential['field']; named: string[] }) => string;

const templates: readonly Template[] = [
  ({ label, field, named }) =>
    `A ${label} for people who start in ${field.name.toLowerCase()}. It covers ${listed(named)} in small steps.`,
  ({ label, field, named }) =>
    `${field.work} This ${label} ends with a task of one’s own: ${field.setting}. It draws on ${listed(named)}.`,
  ({ field, named }) => `Short inputs on ${named[0]}, then a task from work: ${field.setting}. ${field.work}`,
  ({ label, named }) =>
    `For those who already know the basics and want ${listed(named.slice(0, 2))} on top. The ${label} is judged by what holders can show.`,
  ({ label, field, named }) =>
    `Planned with employers: whoever holds this ${label} has shown ${listed(named)}. The task: ${field.setting}.`,
  ({ field, named }) => `${field.work} Most of the time goes into ${listed(named)}.`,
];

/** A few plain words, ours, with some of the skills that are taught; says that it is invented. */
export function descriptionOf(
  { choose, kind, field }: IllustrativeCredential,
  taught: readonly IllustrativeSkill[],
): string {
  const named = taught.slice(0, 3).map(({ label }) => label);
  const text = choose.one('description', templates)({ label: kind.label.toLowerCase(), field, named });
  return `${text} An invented example.`;
}

/** `a, b and c` */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
