import type { Credential } from './credential.ts';
import type { TextField } from './search.ts';
import { isStated } from './statedSkill.ts';
import type { Skill } from './statement.ts';

/** The texts of a credential that words are looked for in, by field: what is indexed, and what a hit is explained by. */
export function searchTexts(credential: Credential): Record<TextField, string[]> {
  const { nameText, alternateNames, skills, subjects, keywords, provider, descriptionText } = credential;
  return {
    name: [nameText, ...alternateNames],
    skills: labelsOf(skills.filter(isStated)),
    subjects: [...subjects, ...keywords].map(({ label }) => label),
    provider: provider?.name ? [provider.name] : [],
    description: descriptionText ? [descriptionText] : [],
    inferredSkills: labelsOf(skills.filter(({ confidence }) => confidence === 'inferred')),
  };
}

function labelsOf(skills: Skill[]): string[] {
  const found = new Set<string>();
  for (const { label, labels } of skills) {
    found.add(label);
    for (const language in labels) found.add(labels[language]!);
  }
  return [...found];
}
