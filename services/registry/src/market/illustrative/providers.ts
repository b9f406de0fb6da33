/** An invented provider; its address ends in `.example`, which nobody can own. */
export interface IllustrativeProvider {
  key: string;
  name: string;
  kind: string;
  sector: string;
  city: string;
  region: string;
  country: string;
  latitude: number;
  longitude: number;
}

const places: readonly (readonly [
  city: string,
  region: string,
  country: string,
  latitude: number,
  longitude: number,
])[] = [
  ['Newark', 'New Jersey', 'United States', 40.7357, -74.1724],
  ['Trenton', 'New Jersey', 'United States', 40.2206, -74.7597],
  ['New York', 'New York', 'United States', 40.7128, -74.006],
  ['Philadelphia', 'Pennsylvania', 'United States', 39.9526, -75.1652],
  ['Austin', 'Texas', 'United States', 30.2672, -97.7431],
  ['Columbus', 'Ohio', 'United States', 39.9612, -82.9988],
  ['Sacramento', 'California', 'United States', 38.5816, -121.4944],
  ['Denver', 'Colorado', 'United States', 39.7392, -104.9903],
  ['Toronto', 'ON', 'Canada', 43.6532, -79.3832],
  ['Perth', 'WA', 'Australia', -31.9523, 115.8613],
  ['Dublin', 'L', 'Ireland', 53.3498, -6.2603],
  ['Leeds', 'England', 'United Kingdom', 53.8008, -1.5491],
];

const names: readonly (readonly [name: string, kind: string, sector: string])[] = [
  ['Harborlight Community College', 'TwoYear', 'Public'],
  ['Meadowgate State University', 'FourYear', 'Public'],
  ['Quill and Anvil Institute', 'Technical', 'PrivateNonProfit'],
  ['Bluefern Learning Cooperative', 'TrainingProvider', 'PrivateNonProfit'],
  ['Northstar Skills Academy', 'TrainingProvider', 'PrivateForProfit'],
  ['Copperleaf Technical College', 'Technical', 'Public'],
  ['Saltmarsh University', 'FourYear', 'PrivateNonProfit'],
  ['Lanternworks Bootcamp', 'TrainingProvider', 'PrivateForProfit'],
  ['Guild of Practical Work', 'ProfessionalAssociation', 'PrivateNonProfit'],
  ['Ironwood Career School', 'Technical', 'PrivateForProfit'],
  ['Riverbend Polytechnic', 'FourYear', 'Public'],
  ['Openfield Online', 'PrimarilyOnline', 'PrivateForProfit'],
  ['Fernhill Training House', 'TrainingProvider', 'PrivateNonProfit'],
  ['Stackwell Certification Board', 'CertificationBody', 'PrivateNonProfit'],
  ['Brightquay College', 'TwoYear', 'Public'],
  ['Thistledown Academy', 'TrainingProvider', 'PrivateForProfit'],
  ['Cobalt Ridge University', 'FourYear', 'Public'],
  ['Weftline Vocational Centre', 'Technical', 'Public'],
  ['Marlow Street Library School', 'TrainingProvider', 'Public'],
  ['Pinebrook Professional Institute', 'TrainingProvider', 'PrivateForProfit'],
  ['Tidewater Junior College', 'TwoYear', 'PrivateNonProfit'],
  ['Granary Lane Workshop', 'TrainingProvider', 'PrivateNonProfit'],
  ['Oakmoor Open University', 'PrimarilyOnline', 'Public'],
  ['Signalpoint Guild', 'ProfessionalAssociation', 'PrivateNonProfit'],
  ['Wrenfield College', 'FourYear', 'PrivateNonProfit'],
  ['Kestrel Academy', 'TrainingProvider', 'PrivateForProfit'],
  ['Millrace Apprenticeship Trust', 'Collaborative', 'PrivateNonProfit'],
  ['Amberfield College', 'TwoYear', 'Public'],
  ['Dovetail School of Work', 'Technical', 'PrivateForProfit'],
  ['Plover Bay University', 'FourYear', 'Public'],
  ['Sundial Credential Network', 'Vendor', 'PrivateForProfit'],
  ['Hearthstone Adult School', 'SecondarySchool', 'Public'],
];

export const illustrativeProviders: readonly IllustrativeProvider[] = names.map(([name, kind, sector], index) => {
  const [city, region, country, latitude, longitude] = places[index % places.length] ?? [
    'Newark',
    'New Jersey',
    'United States',
    40.7,
    -74.2,
  ];
  const key = name.toLowerCase().replace(/[^a-z]+/g, '-');
  return { key, name, kind, sector, city, region, country, latitude, longitude };
});
