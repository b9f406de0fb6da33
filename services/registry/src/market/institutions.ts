import { type Fact, facts } from './facts.ts';
import { concept, en, graphOf, iriOf, type MarketGraph, place, webAddress } from './graph.ts';

/** IPEDS award levels: class, and the name by level only, since the tables name no programme. */
const awards: Readonly<Record<string, { type: string; name: string; level?: string }>> = {
  '01': { type: 'ceterms:Certificate', name: 'Certificate of less than one year' },
  '02': {
    type: 'ceterms:Certificate',
    name: 'Certificate of one to less than four years',
    level: 'PostSecondaryLevel',
  },
  '03': { type: 'ceterms:AssociateDegree', name: 'Associate degree', level: 'AssociatesDegreeLevel' },
  '05': { type: 'ceterms:BachelorDegree', name: 'Bachelor’s degree', level: 'BachelorsDegreeLevel' },
  '07': { type: 'ceterms:MasterDegree', name: 'Master’s degree', level: 'MastersDegreeLevel' },
  '09': { type: 'ceterms:DoctoralDegree', name: 'Doctoral degree', level: 'DoctoralDegreeLevel' },
  '10': {
    type: 'ceterms:PostBaccalaureateCertificate',
    name: 'Postbaccalaureate or post-master’s certificate',
    level: 'GraduateLevel',
  },
};

/** IPEDS sector: control and length of the institution. */
const sectors: Readonly<Record<string, { sector: string; kind: string }>> = {
  '1': { sector: 'Public', kind: 'FourYear' },
  '2': { sector: 'PrivateNonProfit', kind: 'FourYear' },
  '3': { sector: 'PrivateForProfit', kind: 'FourYear' },
  '4': { sector: 'Public', kind: 'TwoYear' },
  '5': { sector: 'PrivateNonProfit', kind: 'TwoYear' },
  '6': { sector: 'PrivateForProfit', kind: 'TwoYear' },
  '7': { sector: 'Public', kind: 'Technical' },
  '8': { sector: 'PrivateNonProfit', kind: 'Technical' },
  '9': { sector: 'PrivateForProfit', kind: 'Technical' },
};

/** Institutions of the federal directory and what they award, a credential per level. */
export function* institutions(): Iterable<MarketGraph> {
  for (const row of facts('institutions')) {
    yield institution(row);
    for (const level of (row.levels ?? '').split(' ')) {
      const award = awards[level];
      if (award) yield awarded(row, level, award);
    }
  }
}

function institution(row: Fact): MarketGraph {
  const kind = sectors[row.sector ?? ''];
  return graphOf(nameOf(row), 'ceterms:CredentialOrganization', {
    'ceterms:name': en(row.name),
    'ceterms:subjectWebpage': webAddress(row.website),
    'ceterms:ipedsID': row.unitid,
    'ceterms:opeID': row.opeid,
    'ceterms:agentType': kind
      ? [concept('OrganizationType', 'orgType', kind.kind), concept('OrganizationType', 'orgType', 'Postsecondary')]
      : [],
    'ceterms:agentSectorType': kind ? [concept('AgentSector', 'agentSector', kind.sector)] : [],
    'ceterms:address': [
      place({
        street: row.street ?? '',
        city: row.city ?? '',
        region: row.state ?? '',
        zip: row.zip ?? '',
        ...(row.latitude ? { latitude: Number(row.latitude), longitude: Number(row.longitude) } : {}),
      }),
    ],
  });
}

function awarded(row: Fact, level: string, award: { type: string; name: string; level?: string }): MarketGraph {
  return graphOf(`credential institution ${row.unitid} ${level}`, award.type, {
    'ceterms:name': en(`${award.name}, ${row.name}`),
    'ceterms:inLanguage': ['en'],
    'ceterms:credentialStatusType': concept('CredentialStatus', 'credentialStat', 'Active'),
    'ceterms:ownedBy': [iriOf(nameOf(row))],
    'ceterms:offeredBy': [iriOf(nameOf(row))],
    'ceterms:subjectWebpage': webAddress(row.website),
    'ceterms:audienceLevelType': award.level ? [concept('AudienceLevel', 'audLevel', award.level)] : [],
  });
}

function nameOf(row: Fact): string {
  return `organization institution ${row.unitid}`;
}
