import {
  alignment,
  conditionWith,
  credit,
  deliveryConcept,
  duration,
  iri,
  organization,
  price,
  recognizing,
} from './pieces.ts';
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
  const condition = conditionWith(source.pointer);
  tellOutcomes(source, condition);
  tellSize(source, target, condition);
  tellConditions(source, target, condition);
  if (condition.properties.size > 0) target.add('ceterms:requires', condition, source.pointer);
  tellOffer(source, target);
  into.goesByAddress(target);
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
  for (const accreditation of source.nodes('accreditation')) {
    const days = { start: accreditation.text('dateIssued', 'issued'), end: accreditation.text('expiryDate') };
    const isDated = days.start !== undefined || days.end !== undefined;
    for (const each of accreditation.values('accreditingAgent')) {
      const agent = bodyOf(each.value, each.pointer);
      const action = { agent, ...days, origin: each.pointer };
      if (isDated) target.add('ceterms:relatedAction', recognizing('ceterms:AccreditAction', action), each.pointer);
      else target.add('ceterms:accreditedBy', agent, each.pointer);
    }
  }
}

function bodyOf(value: unknown, pointer: string): ReturnType<typeof organization> {
  if (!isObject(value)) return organization({ value, pointer });
  const node = new SourceNode(value, pointer);
  const name = textOf(node.values('legalName', 'prefLabel', 'title', 'name')[0]?.value);
  return organization({ value: { id: globalId(node), ...(name ? { name } : {}) }, pointer });
}

/** Identifiers such as `urn:epass:org:1` mean something in their document only. */
function globalId({ id }: SourceNode): string | undefined {
  return id?.startsWith('urn:epass:') ? undefined : id;
}

/** A learning outcome is the skill; where it is related to an ESCO skill, that is its identity. */
function tellOutcomes(source: SourceNode, condition: TargetNode): void {
  for (const outcome of source.nodes('learningOutcome')) {
    const related = outcome.values('relatedESCOSkill', 'relatedSkill');
    const skills = related.map(({ value, pointer }) => skillOf(value, pointer));
    const own = alignment({
      name: textOf(outcome.values('title', 'prefLabel', 'name')[0]?.value),
      origin: outcome.pointer,
    });
    for (const skill of skills.length > 0 ? skills : [own])
      condition.add('ceterms:targetCompetency', skill, skill.origin);
  }
}

function skillOf(value: unknown, pointer: string): TargetNode {
  const node = isObject(value) ? new SourceNode(value, pointer) : undefined;
  const name = node && textOf(node.values('prefLabel', 'title', 'name')[0]?.value);
  return alignment({ name, url: node ? node.id : String(value), framework: 'ESCO', origin: pointer });
}

/** By name, or by its entry in the table of the EU. */
const isEcts = /ects|european credit transfer|education-credit\/6fcec5c5af/i;
const levelFrameworks: Readonly<Record<string, string>> = {
  eqfLevel: 'European Qualifications Framework (EQF)',
  EQFLevel: 'European Qualifications Framework (EQF)',
  nqfLevel: 'National Qualifications Framework',
  NQFLevel: 'National Qualifications Framework',
};

function tellSize(source: SourceNode, target: TargetNode, condition: TargetNode): void {
  for (const each of source.nodes('creditPoint')) {
    const framework = textOf(each.values('framework')[0]?.value);
    const value = credit({
      value: each.text('point', 'value'),
      text: isEcts.test(framework ?? '') ? 'ECTS' : framework,
      origin: each.pointer,
    });
    condition.add('ceterms:creditValue', value, each.pointer);
  }
  for (const each of source.texts('volumeOfLearning', 'maximumDuration', 'duration'))
    target.add('ceterms:estimatedDuration', duration(each), each.pointer);
  for (const [name, framework] of Object.entries(levelFrameworks))
    for (const { value, pointer } of source.values(name))
      target.add('ceterms:atLevel', termOf(value, pointer, framework), pointer);
  for (const { value, pointer } of source.values('educationLevel'))
    target.add('ceterms:audienceLevelType', termOf(value, pointer, 'educationLevel'), pointer);
  for (const { value, pointer } of source.values('ISCEDFCode', 'educationSubject'))
    target.add('ceterms:subject', termOf(value, pointer, 'ISCED-F'), pointer);
  for (const { text, pointer } of source.texts('expiryDate')) target.add('ceterms:expirationDate', text, pointer);
}

/** What is required before and at the end, what it is part of, and what it gives access to. */
function tellConditions(source: SourceNode, target: TargetNode, condition: TargetNode): void {
  for (const { value, pointer } of source.values('entryRequirement'))
    target.add(
      'ceterms:entryCondition',
      conditionWith(pointer).add('ceterms:description', noteOf(value), pointer),
      pointer,
    );
  for (const each of source.nodes('provenBy')) {
    const assessment = new TargetNode(['ceterms:AssessmentProfile'], each.pointer);
    assessment.id = globalId(each);
    assessment.add('ceterms:name', wordsOf(each.values('title', 'prefLabel', 'name')[0]?.value), each.pointer);
    condition.add('ceterms:targetAssessment', assessment, each.pointer);
  }
  for (const name of ['hasPart', 'isPartOf'])
    for (const each of source.nodes(name)) {
      const part = new TargetNode([classes[each.types[0] ?? ''] ?? 'ceterms:Credential'], each.pointer);
      part.id = globalId(each);
      part.add('ceterms:name', wordsOf(each.values('title', 'prefLabel', 'name')[0]?.value), each.pointer);
      target.add(`ceterms:${name}`, part, each.pointer);
    }
  for (const entitlement of source.nodes('entitlesTo'))
    for (const { value, pointer } of entitlement.values('limitOccupation'))
      target.add('ceterms:occupationType', termOf(value, pointer, 'ESCO'), pointer);
}

/** How and where it is learnt, and for how much. */
function tellOffer(source: SourceNode, target: TargetNode): void {
  for (const each of source.texts('mode')) target.add('ceterms:deliveryType', deliveryConcept(each), each.pointer);
  for (const location of source.nodes('location'))
    for (const { value, pointer } of [...location.values('address')].slice(0, 1)) {
      const node = isObject(value) ? new SourceNode(value, pointer) : undefined;
      const country = node && textOf(node.values('countryCode')[0]?.value);
      const place = new TargetNode(['ceterms:Place'], pointer)
        .add('ceterms:addressCountry', country?.replace(/^.*\//, ''), pointer)
        .add('ceterms:streetAddress', noteOf(node?.values('fullAddress')[0]?.value), pointer);
      target.add('ceterms:availableAt', place, pointer);
    }
  for (const detail of source.nodes('priceDetail'))
    for (const amount of detail.nodes('amount')) {
      const cost = new TargetNode(['ceterms:CostProfile'], amount.pointer)
        .add('ceterms:price', price(amount.text('value')), amount.pointer)
        .add('ceterms:currency', amount.text('unit')?.replace(/^.*\//, ''), amount.pointer);
      target.add('ceterms:estimatedCost', cost, amount.pointer);
    }
}

/** The words of a note, or of what stands for one. */
function noteOf(value: unknown): ReturnType<typeof wordsOf> {
  const literal = isObject(value) ? new SourceNode(value, '').values('noteLiteral')[0] : undefined;
  return wordsOf(literal ? literal.value : value);
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
