import { type Fact, facts } from './facts.ts';
import { aligned, en, graphOf, iriOf, type MarketGraph, type Node } from './graph.ts';

const socFramework = {
  framework: 'https://www.bls.gov/soc/2018/',
  frameworkName: 'Standard Occupational Classification',
};
const cipFramework = {
  framework: 'https://nces.ed.gov/ipeds/cipcode',
  frameworkName: 'Classification of Instructional Programs',
};

/** Fields of study and occupations, and the way between them. */
export class Classifications {
  readonly #fields = new Map(facts('fields').map((row) => [row.cip ?? '', row]));
  readonly #titles = new Map(facts('occupations').map((row) => [row.soc ?? '', row.title ?? '']));

  program(cip: string | undefined): Node[] {
    const field = this.#fields.get(cip ?? '');
    return cip ? [aligned({ name: field?.title ?? '', code: cip, ...cipFramework })] : [];
  }

  /** Occupations of a field of study, pointing at their own resources: what needs a skill there says nothing about the credential itself. */
  occupationsOfProgram(cip: string | undefined): Node[] {
    const codes = (this.#fields.get(cip ?? '')?.soc ?? '').split(' ').filter((code) => code !== '');
    return codes.flatMap((code) => this.occupation(code));
  }

  occupation(code: string): Node[] {
    const title = this.#titles.get(code);
    return title ? [aligned({ name: title, code, uri: iriOf(occupationName(code)), ...socFramework })] : [];
  }
}

/** Occupations with the skills that public tables give them: O*NET's technologies by name, ESCO's skills by IRI. */
export function* occupations(): Iterable<MarketGraph> {
  const skills = Map.groupBy(facts('skills'), (row) => row.soc ?? '');
  for (const { soc = '', title = '' } of facts('occupations')) {
    yield graphOf(occupationName(soc), 'ceterms:Occupation', {
      'ceterms:name': en(title),
      'ceterms:occupationType': [aligned({ name: title, code: soc, ...socFramework })],
      'ceterms:targetCompetency': (skills.get(soc) ?? []).map(skillOf),
    });
  }
}

function skillOf({ label = '', uri = '', scheme }: Fact): Node {
  return aligned({ name: label, uri, frameworkName: scheme === 'esco' ? 'ESCO' : 'O*NET Technology Skills' });
}

function occupationName(code: string): string {
  return `occupation ${code}`;
}
