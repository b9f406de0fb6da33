import type { Credential, Outcome } from '@credatlas/model';
import type { JoinView } from './JoinView.ts';
import type { Part } from './parts.ts';
import { booleanOf, conceptTerms, embedded, irisOf, literals, nameOf, numberOf, textOf } from './reading.ts';
import type { Spot, Traced } from './Spot.ts';

/** Figures at or below this are a masking code (−99999), never a measurement. */
const suppressedBelow = -9999;

export function identifiersOf(view: JoinView): Credential['identifiers'] {
  const { node } = view.resource;
  const profiles = [...embedded(node, 'ceterms:identifier'), ...embedded(node, 'ceterms:versionIdentifier')].flatMap(
    (profile) => {
      const value = textOf(profile, 'ceterms:identifierValueCode')?.text;
      const [scheme, schemeName] = [
        irisOf(profile, 'ceterms:identifierType')[0]?.iri,
        textOf(profile, 'ceterms:identifierTypeName')?.text,
      ];
      return value ? [{ ...(scheme ? { scheme } : {}), ...(schemeName ? { schemeName } : {}), value }] : [];
    },
  );
  const own = ['credentialId', 'codedNotation', 'ipedsID', 'opeID', 'leiCode', 'ncesID'].flatMap((name) =>
    literals(node, `ceterms:${name}`).map(({ text }) => ({ scheme: name, value: text })),
  );
  return [...own, ...profiles];
}

/** How achievement is checked, from the assessments that belong to the credential. */
export function rigorOf(view: JoinView, parts: Part[]): NonNullable<Credential['rigor']> {
  const assessments = parts
    .filter(({ kind, relation }) => kind === 'assessment' && relation !== 'recommends')
    .map(({ spot }) => spot);
  if (view.resource.kind === 'assessment') assessments.push(view.root);
  const terms = (property: string, scheme: string): string[] =>
    [
      ...new Set(
        assessments.flatMap(({ node }) =>
          conceptTerms(node, `ceterms:${property}`, `ceterms:${scheme}`).map(({ term }) => term),
        ),
      ),
    ].sort();
  const proctored = assessments.flatMap(({ node }) => booleanOf(node, 'ceterms:isProctored') ?? []);
  const isAttended = parts.some(({ kind, relation }) => kind === 'learning' && relation !== 'recommends');
  return {
    state: assessments.length > 0 ? 'assessed' : isAttended ? 'attended' : 'unknown',
    assessments: assessments.length,
    ...(proctored.length > 0 ? { proctored: proctored.some(Boolean) } : {}),
    methods: terms('assessmentMethodType', 'AssessmentMethod'),
    uses: terms('assessmentUseType', 'AssessmentUse'),
    scoring: terms('scoringMethodType', 'ScoringMethod'),
  };
}

export function renewalOf(view: JoinView): Pick<Credential, 'renewal' | 'revocation'> {
  const { node } = view.resource;
  const frequency = literals(node, 'ceterms:renewalFrequency')[0]?.text;
  const conditions = view.follow(view.root, 'ceterms:renewal');
  const text = conditions.map((spot) => textOf(spot.node, 'ceterms:description')?.text).find((each) => each);
  const revocation = view.follow(view.root, 'ceterms:revocation')[0]?.node;
  const criteria =
    revocation &&
    (textOf(revocation, 'ceterms:revocationCriteriaDescription') ?? textOf(revocation, 'ceterms:description'))?.text;
  const url = revocation && irisOf(revocation, 'ceterms:revocationCriteria')[0]?.iri;
  return {
    ...(frequency || conditions.length > 0
      ? { renewal: { required: true, ...(frequency ? { frequency } : {}), ...(text ? { text } : {}) } }
      : {}),
    ...(revocation ? { revocation: { ...(criteria ? { text: criteria } : {}), ...(url ? { url } : {}) } } : {}),
  };
}

/** Outcomes of aggregate data profiles, old kinds included; masked figures are marked, never taken for numbers. */
export function outcomesOf(view: JoinView): Traced<Outcome>[] {
  return ['aggregateData', 'earnings', 'employmentOutcome', 'holders'].flatMap((kind) =>
    view
      .follow(view.root, `ceterms:${kind}`)
      .map((spot) => ({ value: outcomeAt(kind, spot), at: view.at(spot, spot.node.path) })),
  );
}

function outcomeAt(kind: string, { node }: Spot): Outcome {
  let isSuppressed = false;
  const number = (property: string): number | undefined => {
    const value = numberOf(node, property)?.value;
    if (value !== undefined && value <= suppressedBelow) isSuppressed = true;
    return value !== undefined && value > suppressedBelow ? value : undefined;
  };
  const fields = {
    low: number('ceterms:lowEarnings'),
    median: number('ceterms:medianEarnings'),
    high: number('ceterms:highEarnings'),
    count:
      number('ceterms:numberAwarded') ??
      embedded(node, 'ceterms:jobsObtained').map((jobs) => numberOf(jobs, 'schema:value')?.value)[0],
    months: number('ceterms:postReceiptMonths'),
    currency: literals(node, 'ceterms:currency')[0]?.text,
    source: irisOf(node, 'ceterms:source')[0]?.iri,
    dataset: irisOf(node, 'qdata:relevantDataSet')[0]?.iri,
  };
  const stated = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { kind, ...stated, ...(isSuppressed ? { suppressed: true } : {}) };
}

export function datesOf(view: JoinView): Credential['dates'] {
  const text = (property: string): string | undefined => dayOf(textOf(view.resource.node, property)?.text);
  const [effective, approximateEffective] = [text('ceterms:dateEffective'), text('ceterms:approximateDateEffective')];
  const [expires, approximateExpires] = [text('ceterms:expirationDate'), text('ceterms:approximateExpirationDate')];
  return {
    ...((effective ?? approximateEffective) ? { effective: effective ?? approximateEffective } : {}),
    ...((expires ?? approximateExpires) ? { expires: expires ?? approximateExpires } : {}),
    ...(!effective && approximateEffective ? { effectiveApproximate: true } : {}),
    ...(!expires && approximateExpires ? { expiresApproximate: true } : {}),
  };
}

/** Year, month or day as written; of a moment, its day. */
function dayOf(text: string | undefined): string | undefined {
  const match = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(?:[T ].*)?$/.exec(text ?? '');
  if (!match) return undefined;
  return [match[1], match[2]?.padStart(2, '0'), match[3]?.padStart(2, '0')]
    .filter((part) => part !== undefined)
    .join('-');
}

export function versionsOf(view: JoinView): Credential['versions'] {
  const { node } = view.resource;
  const iri = (property: string): string | undefined => irisOf(node, `ceterms:${property}`)[0]?.iri;
  const identifiers = embedded(node, 'ceterms:versionIdentifier').flatMap(
    (profile) => textOf(profile, 'ceterms:identifierValueCode')?.text ?? [],
  );
  const fields = {
    code: literals(node, 'ceterms:versionCode')[0]?.text,
    identifiers: identifiers.length > 0 ? identifiers : undefined,
    latest: iri('latestVersion'),
    previous: iri('previousVersion'),
    next: iri('nextVersion'),
    supersedes: iri('supersedes'),
    supersededBy: iri('supersededBy'),
  };
  const stated = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return Object.keys(stated).length > 0 ? stated : undefined;
}

export function verificationOf(view: JoinView): Credential['verification'] {
  const providers = view.follow(view.root, 'ceterms:ownedBy');
  const services = [
    ...view.follow(view.root, 'ceterms:usesVerificationService'),
    ...view
      .backwards(view.root, 'ceterms:targetCredential')
      .filter(({ resource }) => resource.kind === 'verificationService'),
    ...providers.flatMap((provider) => view.follow(provider, 'ceterms:hasVerificationService')),
  ];
  return services.map(({ node }) => {
    const [service, directory] = [
      irisOf(node, 'ceterms:verificationService')[0]?.iri,
      irisOf(node, 'ceterms:verificationDirectory')[0]?.iri,
    ];
    return {
      ...(node.uri ? { uri: node.uri } : {}),
      ...(service ? { service } : {}),
      ...(directory ? { directory } : {}),
      claimTypes: conceptTerms(node, 'ceterms:verifiedClaimType', 'ceterms:ClaimType').map(({ term }) => term),
    };
  });
}

/** Hosts where badges of it are issued or checked: of its verification services, and of a badge's own identifier. */
export function platformsOf(view: JoinView, verification: Credential['verification']): string[] {
  const isBadge = view.resource.node.types.some((type) => type.endsWith('Badge'));
  const ids = isBadge ? literals(view.resource.node, 'ceterms:credentialId').map(({ text }) => text) : [];
  const urls = [...verification.flatMap(({ service, directory }) => [service, directory]), ...ids];
  return [...new Set(urls.flatMap((url) => (url && URL.canParse(url) ? [new URL(url).host] : [])))]
    .filter((host) => host !== '')
    .sort();
}

export function pathwaysOf(view: JoinView): Credential['pathways'] {
  const direct = view
    .follow(view.root, 'ceterms:targetPathway')
    .map((spot) => ({ spot, role: 'target', destination: false }));
  const components = view.backwards(view.root, 'ceterms:proxyFor').flatMap((component) => {
    const destination = view
      .follow(component, 'ceterms:isDestinationComponentOf')
      .map((spot) => ({ spot, role: 'component', destination: true }));
    return [
      ...destination,
      ...view.follow(component, 'ceterms:isPartOf').map((spot) => ({ spot, role: 'component', destination: false })),
    ];
  });
  const found = new Map<string, Credential['pathways'][number]>();
  for (const { spot, role, destination } of [...direct, ...components]) {
    const name = nameOf(spot.node);
    const known = found.get(spot.resource.uri);
    found.set(spot.resource.uri, {
      uri: spot.resource.uri,
      ...(name ? { name } : {}),
      role,
      destination: destination || (known?.destination ?? false),
    });
  }
  return [...found.values()];
}
