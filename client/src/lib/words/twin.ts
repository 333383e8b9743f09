/** What another language has to say for the English words: the same names, and the same to be filled in. */
export type Twin<English> = English extends string
  ? string
  : English extends (...values: infer Values) => infer Said
    ? (...values: Values) => Twin<Said>
    : { [Name in keyof English]: Twin<English[Name]> };
