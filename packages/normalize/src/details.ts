import type { Credential } from '@credatlas/model';
import { dayOf } from './days.ts';
import { stated } from './figures.ts';
import type { JoinView } from './JoinView.ts';
import type { Part } from './parts.ts';
import { booleanOf, conceptTerms, embedded, irisOf, literals, nameOf, textOf } from './reading.ts';

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

/** When it takes effect and when it ends, each as precise as stated. A date that cannot be read is reported. */
export function datesOf(view: JoinView): Credential['dates'] {
  const day = (...properties: string[]): string | undefined => {
    const stated = properties.map((property) => textOf(view.resource.node, property)).find((each) => each?.text);
    const read = dayOf(stated?.text);
    if (stated && !read) {
      view.report(view.root, {
        code: 'unreadable_date',
        stated,
        message: `"${stated.text}" is no date; it counts as missing. Write it like 2024-05-31, 2024-05 or 2024.`,
      });
    }
    return read;
  };
  const [effective, expires] = [
    day('ceterms:dateEffective', 'ceterms:startDate'),
    day('ceterms:expirationDate', 'ceterms:endDate'),
  ];
  const [aboutEffective, aboutExpires] = [
    day('ceterms:approximateDateEffective', 'ceterms:approximateStartDate'),
    day('ceterms:approximateExpirationDate', 'ceterms:approximateEndDate'),
  ];
  return stated({
    effective: effective ?? aboutEffective,
    expires: expires ?? aboutExpires,
    effectiveApproximate: effective || !aboutEffective ? undefined : true,
    expiresApproximate: expires || !aboutExpires ? undefined : true,
  });
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
