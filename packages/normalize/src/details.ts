import type { Credential } from '@credatlas/model';
import { dayOf } from './days.ts';
import { stated } from './figures.ts';
import type { JoinView } from './JoinView.ts';
import type { Part } from './parts.ts';
import { booleanOf, iriOf, literalOf, literals, nameOf, plainTextOf, termNames, textOf } from './reading.ts';
import type { SourcePaths } from './SourcePaths.ts';
import type { Spot, Traced } from './Spot.ts';

/** How achievement is checked, from the assessments that belong to the credential. */
export function rigorOf(view: JoinView, parts: Part[]): Traced<NonNullable<Credential['rigor']>> {
  const assessments: Spot[] = [];
  for (const { kind, relation, spot } of parts)
    if (kind === 'assessment' && relation !== 'recommends') assessments.push(spot);
  if (view.resource.kind === 'assessment') assessments.push(view.root);
  const terms = (property: string, scheme: string): string[] => {
    const found = assessments.flatMap(({ node }) => termNames(node, property, scheme));
    return found.length > 1 ? [...new Set(found)].sort() : found;
  };
  const any = (property: string): boolean | undefined => {
    const told = assessments.flatMap(({ node }) => booleanOf(node, property) ?? []);
    return told.length > 0 ? told.some(Boolean) : undefined;
  };
  const attended = parts.find(({ kind, relation }) => kind === 'learning' && relation !== 'recommends');
  const rigor = {
    state: assessments.length > 0 ? ('assessed' as const) : attended ? ('attended' as const) : ('unknown' as const),
    assessments: assessments.length,
    ...stated({ proctored: any('ceterms:isProctored'), groupEvaluated: any('ceterms:hasGroupEvaluation') }),
    methods: terms('ceterms:assessmentMethodType', 'ceterms:AssessmentMethod'),
    uses: terms('ceterms:assessmentUseType', 'ceterms:AssessmentUse'),
    scoring: terms('ceterms:scoringMethodType', 'ceterms:ScoringMethod'),
  };
  return view.traced(assessments[0] ?? attended?.spot ?? view.root, rigor);
}

export function stateRenewal(record: Partial<Credential>, view: JoinView, trace: SourcePaths): void {
  const { root } = view;
  const frequency = literalOf(root.node, 'ceterms:renewalFrequency');
  const conditions = view.follow(root, 'ceterms:renewal');
  const [first] = conditions;
  if (frequency || first) {
    const text = conditions.map((spot) => plainTextOf(spot.node, 'ceterms:description')).find((each) => each);
    const renewal = { required: true, ...stated({ frequency: frequency?.text, text }) };
    trace.value('renewal', frequency ? view.traced(root, renewal, frequency.path) : view.traced(first!, renewal));
    record.renewal = renewal;
  }
  const [revocation] = view.follow(root, 'ceterms:revocation');
  if (revocation) {
    record.revocation = revocationAt(revocation);
    trace.value('revocation', view.traced(revocation, record.revocation));
  }
}

function revocationAt({ node }: Spot): NonNullable<Credential['revocation']> {
  const criteria = textOf(node, 'ceterms:revocationCriteriaDescription') ?? textOf(node, 'ceterms:description');
  return stated({ text: criteria?.text, url: iriOf(node, 'ceterms:revocationCriteria') });
}

/** When it takes effect and when it ends, each as precise as stated. A date that cannot be read is reported. */
export function datesOf(view: JoinView, trace: SourcePaths): Credential['dates'] {
  const day = (field: 'effective' | 'expires', property: string, older: string): string | undefined => {
    const { node } = view.resource;
    const found = [textOf(node, property), textOf(node, older)].find((each) => each?.text);
    if (!found) return undefined;
    const read = dayOf(found.text);
    if (!read) {
      view.report(view.root, {
        code: 'unreadable_date',
        stated: found,
        message: `"${found.text}" is no date; it counts as missing. Write it like 2024-05-31, 2024-05 or 2024.`,
      });
    }
    if (read) trace.field(`dates/${field}`, found.path);
    return read;
  };
  // The exact days last, so that their places stand where both are stated.
  const [aboutEffective, aboutExpires] = [
    day('effective', 'ceterms:approximateDateEffective', 'ceterms:approximateStartDate'),
    day('expires', 'ceterms:approximateExpirationDate', 'ceterms:approximateEndDate'),
  ];
  const [effective, expires] = [
    day('effective', 'ceterms:dateEffective', 'ceterms:startDate'),
    day('expires', 'ceterms:expirationDate', 'ceterms:endDate'),
  ];
  return stated({
    effective: effective ?? aboutEffective,
    expires: expires ?? aboutExpires,
    effectiveApproximate: effective || !aboutEffective ? undefined : true,
    expiresApproximate: expires || !aboutExpires ? undefined : true,
  });
}

export function verificationOf(view: JoinView): Traced<Credential['verification'][number]>[] {
  const providers = view.follow(view.root, 'ceterms:ownedBy');
  const services = [
    ...view.follow(view.root, 'ceterms:usesVerificationService'),
    ...view
      .backwards(view.root, 'ceterms:targetCredential')
      .filter(({ resource }) => resource.kind === 'verificationService'),
    ...providers.flatMap((provider) => view.follow(provider, 'ceterms:hasVerificationService')),
  ];
  return services.map((spot) => {
    const { node } = spot;
    const iri = (property: string): string | undefined => iriOf(node, property);
    return view.traced(spot, {
      ...stated({
        uri: node.uri,
        service: iri('ceterms:verificationService'),
        directory: iri('ceterms:verificationDirectory'),
        text: (textOf(node, 'ceterms:verificationMethodDescription') ?? textOf(node, 'ceterms:description'))?.text,
        holderMustAuthorize: booleanOf(node, 'ceterms:holderMustAuthorize'),
      }),
      claimTypes: termNames(node, 'ceterms:verifiedClaimType', 'ceterms:ClaimType'),
    });
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

export function pathwaysOf(view: JoinView): Traced<Credential['pathways'][number]>[] {
  const direct = view
    .follow(view.root, 'ceterms:targetPathway')
    .map((spot) => ({ spot, from: view.root, role: 'target', destination: false }));
  const components = view.backwards(view.root, 'ceterms:proxyFor').flatMap((from) =>
    (['ceterms:isDestinationComponentOf', 'ceterms:isPartOf'] as const).flatMap((property) =>
      view.follow(from, property).map((spot) => ({
        spot,
        from,
        role: 'component',
        destination: property === 'ceterms:isDestinationComponentOf',
      })),
    ),
  );
  const found = new Map<string, Traced<Credential['pathways'][number]>>();
  for (const { spot, from, role, destination } of [...direct, ...components]) {
    const { uri } = spot.resource;
    const known = found.get(uri)?.value;
    const component = role === 'component' ? from.node.uri : known?.component;
    const value = {
      uri,
      ...stated({ name: nameOf(spot.node), component }),
      role,
      destination: destination || (known?.destination ?? false),
    };
    found.set(uri, view.traced(from, value));
  }
  return [...found.values()];
}
