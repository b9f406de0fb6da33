import { alignment, conditionWith, credit, duration, iri, organization } from './pieces.ts';
import { isObject, SourceNode, textOf } from './SourceNode.ts';
import { TargetNode, type Translation } from './Translation.ts';

const classes: Readonly<Record<string, string>> = {
  Qualification: 'ceterms:Credential',
  LearningAchievementSpecification: 'ceterms:Credential',
  LearningActivitySpecification: 'ceterms:LearningProgram',
  LearningOpportunity: 'ceterms:LearningProgram',
  LearningAssessmentSpecification: 'ceterms:AssessmentProfile',
};

export function isElm(node: SourceNode): boolean {
  return node.types.some((type) => type in classes);
}

/** A qualification, achievement or learning specification of the European Learning Model 3 in CTDL. ECTS points stay their own unit. */
export function tellElm(source: SourceNode, into: Translation): void {
  const type = source.types.find((each) => each in classes) ?? '';
  const target = into.primary([classes[type] ?? 'ceterms:Credential'], source);
  for (const [name, property] of Object.entries({
    title: 'name',
    description: 'description',
    altLabel: 'alternateName',
  }))
    for (const { value, pointer } of source.values(name)) target.add(`ceterms:${property}`, wordsOf(value), pointer);
  for (const { text, pointer } of source.texts('language', 'defaultLanguage'))
    target.add('ceterms:inLanguage', languageCode(text), pointer);
  for (const { value, pointer } of source.values('homepage', 'supplementaryDocument'))
    target.add('ceterms:subjectWebpage', iri(addressOf(value)), pointer);
  target.texts('ceterms:codedNotation', source.texts('qualificationCode').slice(0, 1));
  for (const each of source.nodes('identifier')) {
    const node = new TargetNode(['ceterms:IdentifierValue'], each.pointer);
    target.add(
      'ceterms:identifier',
      node
        .add('ceterms:identifierTypeName', each.text('schemeName'), each.pointer)
        .add('ceterms:identifierValueCode', each.text('notation', 'value'), each.pointer),
      each.pointer,
    );
  }
  tellPeople(source, target);
  tellOutcomes(source, target);
  tellSize(source, target);
  into.leaveOut(source, 'the European Learning Model');
}

function tellPeople(source: SourceNode, target: TargetNode): void {
  for (const opportunity of source.nodes('awardingOpportunity'))
    for (const each of opportunity.values('awardingBody'))
      target.add('ceterms:ownedBy', bodyOf(each.value, each.pointer), each.pointer);
  for (const each of source.values('awardingBody'))
    target.add('ceterms:ownedBy', bodyOf(each.value, each.pointer), each.pointer);
  for (const each of source.values('providedBy'))
    target.add('ceterms:offeredBy', bodyOf(each.value, each.pointer), each.pointer);
  for (const accreditation of source.nodes('accreditation'))
    for (const each of accreditation.values('accreditingAgent'))
      target.add('ceterms:accreditedBy', bodyOf(each.value, each.pointer), each.pointer);
}

function bodyOf(value: unknown, pointer: string): ReturnType<typeof organization> {
  if (!isObject(value)) return organization({ value, pointer });
  const node = new SourceNode(value, pointer);
  const name = textOf(node.values('legalName', 'prefLabel', 'title', 'name')[0]?.value);
  return organization({ value: { id: node.id, ...(name ? { name } : {}) }, pointer });
}

/** A learning outcome is the skill; where it is related to an ESCO skill, that is its identity. */
function tellOutcomes(source: SourceNode, target: TargetNode): void {
  for (const outcome of source.nodes('learningOutcome')) {
    const related = outcome.values('relatedESCOSkill', 'relatedSkill');
    const condition = conditionWith(outcome.pointer);
    const skills = related.map(({ value, pointer }) => skillOf(value, pointer));
    const own = alignment({
      name: textOf(outcome.values('title', 'prefLabel', 'name')[0]?.value),
      origin: outcome.pointer,
    });
    for (const skill of skills.length > 0 ? skills : [own])
      condition.add('ceterms:targetCompetency', skill, skill.origin);
    target.add('ceterms:requires', condition, outcome.pointer);
  }
}

function skillOf(value: unknown, pointer: string): TargetNode {
  const node = isObject(value) ? new SourceNode(value, pointer) : undefined;
  const name = node && textOf(node.values('prefLabel', 'title', 'name')[0]?.value);
  return alignment({ name, url: node ? node.id : String(value), framework: 'ESCO', origin: pointer });
}

function tellSize(source: SourceNode, target: TargetNode): void {
  for (const each of source.nodes('creditPoint')) {
    const framework = textOf(each.values('framework')[0]?.value);
    const value = credit({
      value: each.text('point', 'value'),
      text: /ects/i.test(framework ?? '') ? 'ECTS' : framework,
      origin: each.pointer,
    });
    target.add(
      'ceterms:requires',
      conditionWith(each.pointer).add('ceterms:creditValue', value, each.pointer),
      each.pointer,
    );
  }
  for (const each of source.texts('volumeOfLearning', 'maximumDuration', 'duration'))
    target.add('ceterms:estimatedDuration', duration(each), each.pointer);
  for (const name of ['eqfLevel', 'EQFLevel', 'nqfLevel', 'NQFLevel', 'educationLevel'])
    for (const { value, pointer } of source.values(name))
      target.add('ceterms:audienceLevelType', termOf(value, pointer, name), pointer);
  for (const { value, pointer } of source.values('ISCEDFCode', 'educationSubject'))
    target.add('ceterms:subject', termOf(value, pointer, 'ISCED-F'), pointer);
  for (const { value, pointer } of source.values('entryRequirement'))
    target.add(
      'ceterms:entryCondition',
      conditionWith(pointer).add('ceterms:description', wordsOf(value), pointer),
      pointer,
    );
  for (const { text, pointer } of source.texts('expiryDate')) target.add('ceterms:expirationDate', text, pointer);
}

function termOf(value: unknown, pointer: string, framework: string): TargetNode {
  const node = isObject(value) ? new SourceNode(value, pointer) : undefined;
  const url = node ? node.id : String(value);
  return alignment({
    name: textOf(node?.values('prefLabel')[0]?.value) ?? url?.replace(/^.*[/#]/, ''),
    url,
    framework,
    origin: pointer,
  });
}

/** Texts by language, each language's first; or a plain text. */
function wordsOf(value: unknown): string | Record<string, string> | undefined {
  if (!isObject(value)) return textOf(value);
  const entries = Object.entries(value).flatMap(([tag, words]) => {
    const text = textOf(Array.isArray(words) ? words[0] : words);
    return text && /^[a-z]{2,3}(-|$)/i.test(tag) ? [[tag, text] as const] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : textOf(value);
}

function addressOf(value: unknown): string | undefined {
  if (!isObject(value)) return textOf(value);
  const node = new SourceNode(value, '');
  return node.text('contentURL', 'contentUrl') ?? node.id;
}

/** The EU's authority tables name languages by three capital letters. */
function languageCode(text: string): string {
  const codes: Record<string, string> = {
    ENG: 'en',
    DEU: 'de',
    FRA: 'fr',
    SPA: 'es',
    ITA: 'it',
    NLD: 'nl',
    POL: 'pl',
    POR: 'pt',
  };
  const last = text.replace(/^.*\//, '');
  return codes[last] ?? last.toLowerCase();
}
