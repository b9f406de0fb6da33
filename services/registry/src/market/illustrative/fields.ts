/** A skill with the carriers in which it can be stated: a public code or IRI where there is one. */
export interface IllustrativeSkill {
  label: string;
  /** O*NET element code (CC BY 4.0). */
  onet?: string;
  /** The same skill in ESCO, by its own preferred label. */
  esco?: { id: string; label: string };
}

/** A field of work: what is taught in it, and the codes it goes by. */
export interface IllustrativeField {
  key: string;
  name: string;
  subject: string;
  /** CIP, SOC and NAICS. */
  program: { code: string; name: string };
  soc: string;
  industry: { code: string; name: string };
  skills: IllustrativeSkill[];
  /** Short sentence on what people do, in our words. */
  work: string;
  /** A task that shows it. */
  setting: string;
}

const onet = (label: string, code: string): IllustrativeSkill => ({ label, onet: code });
const inEsco: Readonly<Record<string, { id: string; label: string }>> = {
  SQL: { id: '598de5b0-5b58-4ea7-8058-a4bc4d18c742', label: 'SQL' },
  Python: { id: 'ccd0a1d9-afda-43d9-b901-96344886e14d', label: 'Python (computer programming)' },
  'C++': { id: 'b633eb55-8f1f-4ae6-ab4c-2022ffe2cb7f', label: 'C++' },
  'Spreadsheet Modelling': { id: '1973c966-f236-40c9-b2d4-5d71a89019be', label: 'use spreadsheets software' },
  Statistics: { id: '382c11ed-20d5-4ae7-b60e-15fec527fa6c', label: 'apply statistical analysis techniques' },
  'Vital Signs Measurement': { id: '60f826be-0c1b-413b-aad5-4f7546622e16', label: "monitor patient's vital signs" },
  'Infection Control': { id: '6d13053b-ee35-492c-8976-8178420df398', label: 'infection control' },
  'First Aid': { id: 'f7464f30-662b-4177-85a0-3df9693e9e58', label: 'first aid' },
  'Forklift Operation': { id: '28cb374e-6261-4133-8371-f9a5470145da', label: 'operate forklift' },
  'Inventory Control': { id: '53815c73-d352-4d4d-92cb-fb7020cbd8e6', label: 'carry out inventory control accuracy' },
  'Blueprint Reading': { id: '68b6ef08-d823-489d-a95c-752ae6f6e6a7', label: 'read standard blueprints' },
  'Shielded Metal Arc Welding': { id: '27d26fd6-5795-4f0a-884e-112df7c68314', label: 'apply arc welding techniques' },
  'Agile Methods': { id: '0a9acb6b-1139-4be9-b431-3a80a959f2f4', label: 'Agile project management' },
  'Wiring Installation': { id: 'fd60bbcc-c3b6-4fa5-936c-eef5ae0a2d44', label: 'install low voltage wiring' },
  'Software Testing': { id: '913e7e83-b8f8-4574-b1ca-1b38f3fd974a', label: 'execute software tests' },
  'Network Security': { id: '2ddb1226-1117-4eb4-ae65-3a2f5a5a3c80', label: 'ICT network security risks' },
};
const named = (...labels: string[]): IllustrativeSkill[] =>
  labels.map((label) => ({ label, ...(inEsco[label] ? { esco: inEsco[label] } : {}) }));

/** Fields in which employers ask, each with overlapping skills so that providers can be compared. */
export const illustrativeFields: readonly IllustrativeField[] = [
  {
    key: 'data',
    name: 'Data Analysis',
    subject: 'Data analytics',
    program: { code: '30.7101', name: 'Data Analytics, General' },
    soc: '15-2051',
    industry: {
      code: '518210',
      name: 'Computing Infrastructure Providers, Data Processing, Web Hosting, and Related Services',
    },
    work: 'People clean tables, find patterns and show them so that others can decide.',
    setting: 'the sales and service figures of a small firm',
    skills: [
      ...named(
        'Data Analysis',
        'SQL',
        'Python',
        'Data Visualization',
        'Spreadsheet Modelling',
        'Statistics',
        'Data Cleaning',
      ),
      onet('Mathematics', '2.A.1.e'),
      onet('Critical Thinking', '2.A.2.a'),
    ],
  },
  {
    key: 'welding',
    name: 'Welding',
    subject: 'Welding technology',
    program: { code: '48.0508', name: 'Welding Technology/Welder' },
    soc: '51-4121',
    industry: { code: '332312', name: 'Fabricated Structural Metal Manufacturing' },
    work: 'People join metal by heat, read drawings and keep a safe bench.',
    setting: 'a bench of joints in plate and pipe',
    skills: [
      ...named(
        'Shielded Metal Arc Welding',
        'Gas Tungsten Arc Welding',
        'Gas Metal Arc Welding',
        'Blueprint Reading',
        'Weld Inspection',
        'Workshop Safety',
      ),
      onet('Quality Control Analysis', '2.B.3.m'),
      onet('Equipment Selection', '2.B.3.c'),
    ],
  },
  {
    key: 'nursing',
    name: 'Nursing Assistance',
    subject: 'Nursing assistant and patient care',
    program: { code: '51.3902', name: 'Nursing Assistant/Aide and Patient Care Assistant/Aide' },
    soc: '31-1131',
    industry: { code: '623110', name: 'Nursing Care Facilities (Skilled Nursing Facilities)' },
    work: 'People help patients with daily care and tell nurses what they see.',
    setting: 'a day on a practice ward',
    skills: [
      ...named(
        'Vital Signs Measurement',
        'Infection Control',
        'Patient Transfer',
        'Medical Terminology',
        'Basic Life Support',
        'Care Documentation',
      ),
      onet('Service Orientation', '2.B.1.f'),
      onet('Active Listening', '2.A.1.b'),
    ],
  },
  {
    key: 'cloud',
    name: 'Cloud Operations',
    subject: 'Cloud computing',
    program: { code: '11.0902', name: 'Cloud Computing' },
    soc: '15-1244',
    industry: {
      code: '518210',
      name: 'Computing Infrastructure Providers, Data Processing, Web Hosting, and Related Services',
    },
    work: 'People run services on rented machines and keep them up.',
    setting: 'a web shop that must stay up',
    skills: [
      ...named(
        'Linux Administration',
        'Container Orchestration',
        'Infrastructure as Code',
        'Network Configuration',
        'Cloud Cost Management',
        'Incident Response',
        'Python',
      ),
      onet('Systems Analysis', '2.B.4.g'),
      onet('Troubleshooting', '2.B.3.k'),
    ],
  },
  {
    key: 'projects',
    name: 'Project Management',
    subject: 'Project management',
    program: { code: '52.0211', name: 'Project Management' },
    soc: '13-1082',
    industry: { code: '541611', name: 'Administrative Management and General Management Consulting Services' },
    work: 'People plan work, agree on it with others and bring it to its end.',
    setting: 'the move of an office',
    skills: [
      ...named(
        'Project Scheduling',
        'Stakeholder Communication',
        'Risk Management',
        'Budgeting',
        'Agile Methods',
        'Spreadsheet Modelling',
      ),
      onet('Coordination', '2.B.1.b'),
      onet('Time Management', '2.B.5.a'),
    ],
  },
  {
    key: 'security',
    name: 'Cybersecurity',
    subject: 'Information security',
    program: { code: '11.1003', name: 'Computer and Information Systems Security/Auditing/Information Assurance' },
    soc: '15-1212',
    industry: { code: '541519', name: 'Other Computer Related Services' },
    work: 'People watch networks, close holes and act when somebody gets in.',
    setting: 'a break-in on a practice network',
    skills: [
      ...named(
        'Network Security',
        'Threat Detection',
        'Incident Response',
        'Security Auditing',
        'Linux Administration',
        'Cryptography Basics',
        'Python',
      ),
      onet('Critical Thinking', '2.A.2.a'),
      onet('Monitoring', '2.A.2.d'),
    ],
  },
  {
    key: 'childhood',
    name: 'Early Childhood Education',
    subject: 'Early childhood education',
    program: { code: '13.1210', name: 'Early Childhood Education and Teaching' },
    soc: '25-2011',
    industry: { code: '624410', name: 'Child Care Services' },
    work: 'People look after small children and help them learn by play.',
    setting: 'a morning with a group of four-year-olds',
    skills: [
      ...named(
        'Child Development',
        'Lesson Planning',
        'Family Engagement',
        'Child Safety',
        'Classroom Observation',
        'First Aid',
      ),
      onet('Instructing', '2.B.1.e'),
      onet('Social Perceptiveness', '2.B.1.a'),
    ],
  },
  {
    key: 'software',
    name: 'Software Development',
    subject: 'Computer programming',
    program: { code: '11.0201', name: 'Computer Programming/Programmer, General' },
    soc: '15-1252',
    industry: { code: '541511', name: 'Custom Computer Programming Services' },
    work: 'People write programs, test them and change them as needs change.',
    setting: 'a booking program with faults in it',
    skills: [
      ...named('C++', 'Python', 'Software Testing', 'Version Control', 'SQL', 'Web Development', 'Agile Methods'),
      onet('Programming', '2.B.3.e'),
      onet('Complex Problem Solving', '2.B.2.i'),
    ],
  },
  {
    key: 'electrical',
    name: 'Electrical Installation',
    subject: 'Electrician',
    program: { code: '46.0302', name: 'Electrician' },
    soc: '47-2111',
    industry: { code: '238210', name: 'Electrical Contractors and Other Wiring Installation Contractors' },
    work: 'People wire buildings, test circuits and follow the code.',
    setting: 'the wiring of a practice flat',
    skills: [
      ...named(
        'Wiring Installation',
        'Circuit Testing',
        'Electrical Code',
        'Blueprint Reading',
        'Workshop Safety',
        'Motor Controls',
      ),
      onet('Installation', '2.B.3.d'),
      onet('Repairing', '2.B.3.l'),
    ],
  },
  {
    key: 'logistics',
    name: 'Supply Chain Operations',
    subject: 'Logistics and materials management',
    program: { code: '52.0203', name: 'Logistics, Materials, and Supply Chain Management' },
    soc: '13-1081',
    industry: { code: '493110', name: 'General Warehousing and Storage' },
    work: 'People move goods, keep stock and know where everything is.',
    setting: 'a warehouse before a holiday',
    skills: [
      ...named(
        'Inventory Control',
        'Forklift Operation',
        'Shipping Documentation',
        'Spreadsheet Modelling',
        'Demand Planning',
        'Workshop Safety',
      ),
      onet('Management of Material Resources', '2.B.5.c'),
      onet('Coordination', '2.B.1.b'),
    ],
  },
];
