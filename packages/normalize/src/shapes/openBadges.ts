import { classOf, readCtid } from '@credatlas/ctdl';
import { alignment, alignmentOf, conditionWith, credit, iri, organization, recognizing } from './pieces.ts';
import { isObject, SourceNode } from './SourceNode.ts';
import { TargetNode, type Translation } from './Translation.ts';

const achievementTypes = new Set(['BadgeClass', 'Achievement']);
const credentialTypes = new Set(['OpenBadgeCredential', 'AchievementCredential', 'Assertion', 'VerifiableCredential']);

/** A badge, or a credential that awards one; verifiable credentials of anything else, CTDL among it, are read as they stand. */
export function isOpenBadge(node: SourceNode): boolean {
  if (node.types.includes('EndorsementCredential')) return true;
  const awards = node.types.some((type) => credentialTypes.has(type));
  return (awards ? achievementsIn(node) : [node]).some(isAchievement);
}

function isAchievement({ types }: SourceNode): boolean {
  return types.some((type) => achievementTypes.has(type));
}

/** A BadgeClass of Open Badges 2.0 or an Achievement of 3.0, alone or within what was awarded to somebody; whom it was awarded to is not read. */
export function tellOpenBadge(source: SourceNode, into: Translation): void {
  if (source.types.includes('EndorsementCredential')) {
    into.note(
      'endorsement_left_out',
      source.pointer,
      'An endorsement is about another badge; it is kept and not searched.',
    );
    return;
  }
  const [achievement] = achievementsIn(source);
  if (!achievement) return;
  const isVersion2 = achievement.types.includes('BadgeClass');
  const target = into.primary(classesOf(achievement), achievement);
  target
    .texts('ceterms:name', achievement.texts('name'))
    .texts('ceterms:description', achievement.texts('description'))
    .texts('ceterms:keyword', achievement.texts('tags', 'tag'))
    .texts('ceterms:inLanguage', achievement.texts('inLanguage', 'language'))
    .texts('ceterms:codedNotation', achievement.texts('humanCode'))
    .texts('ceterms:versionCode', achievement.texts('version'));
  target.add('ceterms:identifier', version(achievement.pointer, isVersion2 ? '2.0' : '3.0'), achievement.pointer);
  tellIssuer(achievement, source, target);
  into.goesByAddress(target);
  const condition = criteriaOf(achievement);
  tellAlignments(achievement, { target, condition });
  tellCredit(achievement, condition);
  if (condition.properties.size > 0) target.add('ceterms:requires', condition, condition.origin);
  tellOthers(achievement, target);
  tellDetails(achievement, { target, into });
  into.leaveOut(achievement, isVersion2 ? 'Open Badges 2.0' : 'Open Badges 3.0');
}

function achievementsIn(source: SourceNode): SourceNode[] {
  if (isAchievement(source)) return [source];
  return [
    ...source.nodes('badge'),
    ...source.nodes('credentialSubject').flatMap((subject) => subject.nodes('achievement')),
  ];
}

/** By name where CTDL has a class of it: the lists are the same but for a few. */
function classesOf(source: SourceNode): string[] {
  const stated = source.text('achievementType') ?? 'Badge';
  if (stated === 'Assessment') return ['ceterms:AssessmentProfile'];
  if (stated === 'Competency') return ['ceasn:Competency'];
  const name = `ceterms:${stated}`;
  return [stated !== 'Badge' && classOf(name) !== undefined ? name : 'ceterms:OpenBadge'];
}

function version(origin: string, number: string): TargetNode {
  return new TargetNode(['ceterms:IdentifierValue'], origin)
    .add('ceterms:identifierTypeName', 'openBadgesVersion', origin)
    .add('ceterms:identifierValueCode', number, origin);
}

/** The creator of the achievement; who issues a single badge may be another, and only stands in where no creator is named. */
function tellIssuer(achievement: SourceNode, source: SourceNode, target: TargetNode): void {
  const creators = achievement.values('creator', 'issuer');
  const issuers = source === achievement ? [] : source.values('issuer');
  for (const each of creators.length > 0 ? creators : issuers)
    target.add('ceterms:ownedBy', organization(each), each.pointer);
  for (const each of creators.length > 0 ? issuers : [])
    target.add('ceterms:offeredBy', organization(each), each.pointer);
}

/** What must be fulfilled, in words or on a page. */
function criteriaOf(achievement: SourceNode): TargetNode {
  const [criteria] = achievement.values('criteria');
  if (!criteria) return conditionWith(achievement.pointer);
  const { value, pointer } = criteria;
  const condition = conditionWith(pointer);
  if (typeof value === 'string')
    return iri(value)
      ? condition.add('ceterms:subjectWebpage', iri(value), pointer)
      : condition.add('ceterms:description', value, pointer);
  const node = isObject(value) ? new SourceNode(value, pointer) : undefined;
  const said = node?.texts('narrative')[0];
  return condition
    .add('ceterms:description', said?.text, said?.pointer ?? pointer)
    .add('ceterms:subjectWebpage', iri(node?.id), pointer);
}

/** Who else stands behind it, and what it is related to. */
function tellOthers(achievement: SourceNode, target: TargetNode): void {
  for (const each of achievement.nodes('endorsement')) {
    const [issuer] = each.values('issuer');
    const agent = issuer && organization(issuer);
    const [start, end] = [
      each.text('validFrom', 'issuanceDate', 'issuedOn'),
      each.text('validUntil', 'expirationDate'),
    ];
    const action = agent && recognizing('ceterms:RecognizeAction', { agent, start, end, origin: each.pointer });
    target.add('ceterms:relatedAction', action, each.pointer);
  }
  for (const { value, pointer } of achievement.values('related'))
    target.add(
      'ceterms:isSimilarTo',
      iri(isObject(value) ? new SourceNode(value, pointer).id : String(value)),
      pointer,
    );
}

/** A competency is a skill that the badge requires; a credential with a CTID is the registered one that the badge is of. */
function tellAlignments(
  achievement: SourceNode,
  { target, condition }: { target: TargetNode; condition: TargetNode },
): void {
  for (const each of achievement.nodes('alignment', 'alignments')) {
    const { pointer } = each;
    const kind = each.text('targetType') ?? '';
    const ctid = readCtid(each.text('targetCode') ?? '').ctid;
    const url = each.text('targetUrl');
    if (kind === 'ceterms:Credential') {
      const registered = ctid ? `https://credentialengineregistry.org/resources/${ctid}` : url;
      target.add('ceterms:sameAs', iri(registered), pointer);
      continue;
    }
    const told = alignment({
      name: each.text('targetName'),
      url: ctid ? `https://credentialengineregistry.org/resources/${ctid}` : url,
      code: ctid ? undefined : each.text('targetCode'),
      framework: each.text('targetFramework'),
      origin: pointer,
    });
    if (/onetonline\.org\/link\/summary|\/soc\//i.test(url ?? '')) target.add('ceterms:occupationType', told, pointer);
    else condition.add('ceterms:targetCompetency', told, pointer);
  }
}

function tellCredit(achievement: SourceNode, condition: TargetNode): void {
  for (const { text, pointer } of achievement.texts('creditsAvailable'))
    condition.add('ceterms:creditValue', credit({ value: text, origin: pointer }), pointer);
}

function tellDetails(achievement: SourceNode, { target, into }: { target: TargetNode; into: Translation }): void {
  for (const { value, pointer } of achievement.values('image')) {
    const address = typeof value === 'string' ? value : isObject(value) ? new SourceNode(value, pointer).id : undefined;
    if (address?.startsWith('data:'))
      into.note('inline_image_left_out', pointer, 'The image is part of the document; it stays in the record.');
    else target.add('ceterms:image', iri(address), pointer);
  }
  for (const each of achievement.values('fieldOfStudy', 'specialization'))
    target.add('ceterms:subject', alignmentOf(each), each.pointer);
  for (const each of achievement.nodes('otherIdentifier')) {
    const [type, code] = [each.text('identifierType'), each.text('identifier')];
    if (readCtid(code ?? '').ctid)
      target.add(
        'ceterms:sameAs',
        iri(`https://credentialengineregistry.org/resources/${readCtid(code ?? '').ctid}`),
        each.pointer,
      );
    const node = new TargetNode(['ceterms:IdentifierValue'], each.pointer);
    target.add(
      'ceterms:identifier',
      node.add('ceterms:identifierTypeName', type, each.pointer).add('ceterms:identifierValueCode', code, each.pointer),
      each.pointer,
    );
  }
}
