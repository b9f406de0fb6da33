/** What the published schema says of a class. Terms are compact IRIs. */
export interface ClassFacts {
  label: string;
  status: string;
  parents?: readonly string[];
  equivalents?: readonly string[];
}

/** `coercion`: `language`, `none`, or the context's `@type`. `status`: `undeclared` when only a context knows it. */
export interface PropertyFacts {
  label: string;
  status: string;
  coercion: string;
  domain?: readonly string[];
  range?: readonly string[];
  parents?: readonly string[];
  inverse?: readonly string[];
  schemes?: readonly string[];
  equivalents?: readonly string[];
}

export interface ConceptFacts {
  label: string;
  status: string;
  scheme: string;
  broader?: readonly string[];
  equivalents?: readonly string[];
}

export interface SchemeFacts {
  label: string;
  status: string;
}
