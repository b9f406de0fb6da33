/** A skill with the carriers in which it can be stated: a public IRI or code where there is one. */
export interface IllustrativeSkill {
  label: string;
  /** O*NET element code (CC BY 4.0). */
  onet?: string;
}

/** A field of work: what is taught in it, and the codes it goes by. */
export interface IllustrativeField {
  key: string;
  name: string;
  subject: string;
  cip: string;
  soc: string;
  naics: string;
  skills: IllustrativeSkill[];
  /** Short sentence on what people do; the only prose there is, and ours. */
  work: string;
}

const onet = (label: string, code: string): IllustrativeSkill => ({ label, onet: code });
const named = (...labels: string[]): IllustrativeSkill[] => labels.map((label) => ({ label }));

/** Fields in which employers ask, each with overlapping skills so that providers can be compared. */
export const illustrativeFields: readonly IllustrativeField[] = [
  {
    key: 'data',
    name: 'Data Analysis',
    subject: 'Data analytics',
    cip: '11.0802',
    soc: '15-2051',
    naics: '518210',
    work: 'People clean tables, find patterns and show them so that others can decide.',
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
    cip: '48.0508',
    soc: '51-4121',
    naics: '332312',
    work: 'People join metal by heat, read drawings and keep a safe bench.',
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
    cip: '51.3902',
    soc: '31-1131',
    naics: '623110',
    work: 'People help patients with daily care and tell nurses what they see.',
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
    cip: '11.0902',
    soc: '15-1244',
    naics: '518210',
    work: 'People run services on rented machines and keep them up.',
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
    cip: '52.0211',
    soc: '13-1082',
    naics: '541611',
    work: 'People plan work, agree on it with others and bring it to its end.',
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
    cip: '11.1003',
    soc: '15-1212',
    naics: '541519',
    work: 'People watch networks, close holes and act when somebody gets in.',
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
    cip: '13.1210',
    soc: '25-2011',
    naics: '624410',
    work: 'People look after small children and help them learn by play.',
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
    cip: '11.0201',
    soc: '15-1252',
    naics: '541511',
    work: 'People write programs, test them and change them as needs change.',
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
    cip: '46.0302',
    soc: '47-2111',
    naics: '238210',
    work: 'People wire buildings, test circuits and follow the code.',
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
    cip: '52.0203',
    soc: '13-1081',
    naics: '493110',
    work: 'People move goods, keep stock and know where everything is.',
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
