/** A small market written in current registry form, for tests that start a whole process. */

const host = 'https://credentialengineregistry.org';
const context = 'https://credreg.net/ctdl/schema/context/json';

/** A CTID that says what it is: kind in the last group's first digits, number in its last. */
export function ctidOf(kind: 'organization' | 'course' | 'credential', number: number): string {
  const digit = { organization: '1', course: '2', credential: '3' }[kind];
  return `ce-00000000-0000-4000-8000-${digit}${String(number).padStart(11, '0')}`;
}

function iri(ctid: string): string {
  return `${host}/resources/${ctid}`;
}

function graphOf(ctid: string, node: object): object {
  return {
    '@context': context,
    '@id': `${host}/graph/${ctid}`,
    '@graph': [{ '@id': iri(ctid), 'ceterms:ctid': ctid, ...node }],
  };
}

export function organization(number: number): object {
  return graphOf(ctidOf('organization', number), {
    '@type': 'ceterms:CredentialOrganization',
    'ceterms:name': { 'en-US': `College ${number}` },
    'ceterms:subjectWebpage': `https://college${number}.example/`,
  });
}

/** Teaches one skill by name. */
export function course(number: number, skill: string): object {
  return graphOf(ctidOf('course', number), {
    '@type': 'ceterms:Course',
    'ceterms:name': { 'en-US': `Course ${number}` },
    'ceterms:teaches': [{ '@type': 'ceterms:CredentialAlignmentObject', 'ceterms:targetNodeName': { 'en-US': skill } }],
  });
}

/** Requires the course of its number; owned by one of ten colleges. */
export function credential(number: number, given: { name: string; price: number }): object {
  return graphOf(ctidOf('credential', number), {
    '@type': 'ceterms:Certificate',
    'ceterms:name': { 'en-US': given.name },
    'ceterms:ownedBy': [iri(ctidOf('organization', number % 10))],
    'ceterms:estimatedCost': [
      {
        '@type': 'ceterms:CostProfile',
        'ceterms:directCostType': {
          '@type': 'ceterms:CredentialAlignmentObject',
          'ceterms:targetNode': 'costType:AggregateCost',
        },
        'ceterms:price': given.price,
        'ceterms:currency': 'USD',
      },
    ],
    'ceterms:requires': [
      {
        '@type': 'ceterms:ConditionProfile',
        'ceterms:targetLearningOpportunity': [iri(ctidOf('course', number))],
      },
    ],
  });
}

const skills = ['Welding', 'Data analysis', 'Patient care', 'Project planning', 'Network security'];

/** `size` credentials, a course for each, and ten colleges. */
export function market(size: number): Record<string, object> {
  const documents: Record<string, object> = {};
  for (let number = 0; number < 10; number++) documents[ctidOf('organization', number)] = organization(number);
  for (let number = 0; number < size; number++) {
    const skill = skills[number % skills.length]!;
    documents[ctidOf('course', number)] = course(number, skill);
    documents[ctidOf('credential', number)] = credential(number, {
      name: `${skill} certificate ${number}`,
      price: 100 + number,
    });
  }
  return documents;
}
