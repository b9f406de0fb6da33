/** A kind of award, with the sizes in which it comes: invented, and in the order of magnitude of real ones. */
export interface IllustrativeKind {
  type: string;
  label: string;
  /** Term of CTDL's audience levels. */
  level: string;
  weeks: readonly number[];
  price: { from: number; step: number; steps: number };
  /** Credit unit and the amounts it comes in; none where the kind carries no credit. */
  credits: readonly (readonly [unit: string, amounts: readonly number[]])[];
  /** Taught as a programme of several courses. */
  isProgramme: boolean;
}

const badge: IllustrativeKind = {
  type: 'ceterms:OpenBadge',
  label: 'Badge',
  level: 'BeginnerLevel',
  weeks: [1, 2, 3, 4],
  price: { from: 40, step: 15, steps: 15 },
  credits: [['ContinuingEducationUnit', [0.5, 1, 1.5]]],
  isProgramme: false,
};
const microCredential: IllustrativeKind = {
  type: 'ceterms:MicroCredential',
  label: 'Micro-credential',
  level: 'IntermediateLevel',
  weeks: [4, 6, 8, 10],
  price: { from: 180, step: 60, steps: 20 },
  credits: [
    ['SemesterHour', [1, 2, 3, 6]],
    ['QuarterHour', [3, 4.5, 6]],
  ],
  isProgramme: false,
};
const completion: IllustrativeKind = {
  type: 'ceterms:CertificateOfCompletion',
  label: 'Certificate of Completion',
  level: 'BeginnerLevel',
  weeks: [2, 3, 6, 8, 12],
  price: { from: 120, step: 75, steps: 20 },
  credits: [
    ['ClockHour', [20, 40, 60, 120, 240]],
    ['ContinuingEducationUnit', [2, 4, 6]],
  ],
  isProgramme: false,
};
const professional: IllustrativeKind = {
  type: 'ceterms:ProfessionalCertificate',
  label: 'Professional Certificate',
  level: 'ProfessionalLevel',
  weeks: [8, 12, 16, 26],
  price: { from: 290, step: 90, steps: 25 },
  credits: [
    ['ContinuingEducationUnit', [4, 6, 10]],
    ['SemesterHour', [6, 9, 12]],
  ],
  isProgramme: false,
};
const certification: IllustrativeKind = {
  type: 'ceterms:Certification',
  label: 'Certification',
  level: 'AdvancedLevel',
  weeks: [2, 4, 6, 8],
  price: { from: 150, step: 25, steps: 25 },
  credits: [],
  isProgramme: false,
};
const certificate: IllustrativeKind = {
  type: 'ceterms:Certificate',
  label: 'Certificate',
  level: 'PostSecondaryLevel',
  weeks: [16, 24, 30, 36],
  price: { from: 950, step: 150, steps: 25 },
  credits: [
    ['SemesterHour', [12, 15, 18, 24, 30]],
    ['QuarterHour', [18, 27, 36, 45]],
  ],
  isProgramme: true,
};
const associate: IllustrativeKind = {
  type: 'ceterms:AssociateOfAppliedScienceDegree',
  label: 'Associate of Applied Science',
  level: 'AssociatesDegreeLevel',
  weeks: [72, 80, 104],
  price: { from: 5400, step: 600, steps: 20 },
  credits: [['SemesterHour', [60, 62, 64, 66]]],
  isProgramme: true,
};
const bachelor: IllustrativeKind = {
  type: 'ceterms:BachelorOfScienceDegree',
  label: 'Bachelor of Science',
  level: 'BachelorsDegreeLevel',
  weeks: [156, 208],
  price: { from: 18_000, step: 1500, steps: 20 },
  credits: [
    ['SemesterHour', [120, 124, 128]],
    ['QuarterHour', [180, 186]],
  ],
  isProgramme: true,
};
const apprenticeship: IllustrativeKind = {
  type: 'ceterms:ApprenticeshipCertificate',
  label: 'Apprenticeship',
  level: 'IntermediateLevel',
  weeks: [104, 156, 208],
  price: { from: 100, step: 100, steps: 8 },
  credits: [['ClockHour', [4000, 6000, 8000]]],
  isProgramme: true,
};

/** What providers of each organization type award. */
export const kindsOf: Readonly<Record<string, readonly IllustrativeKind[]>> = {
  CertificationBody: [certification],
  Collaborative: [apprenticeship, completion],
  FourYear: [bachelor, certificate, microCredential, professional],
  PrimarilyOnline: [microCredential, professional, badge, bachelor],
  ProfessionalAssociation: [certification, badge, professional],
  SecondarySchool: [completion, badge],
  Technical: [certificate, associate, apprenticeship, completion],
  TrainingProvider: [completion, badge, professional, microCredential],
  TwoYear: [associate, certificate, microCredential, completion],
  Vendor: [certification, badge],
};
