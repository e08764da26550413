const unstorable = /\u0000|\p{Surrogate}/gu;
/** What may be unstorable, found much faster: surrogates are storable in pairs. */
const suspicious = /[\u0000\ud800-\udfff]/;

/** Text that every database can keep: NUL and halves of surrogate pairs become U+FFFD. */
export function storableText(text: string): string {
  return suspicious.test(text) ? text.replace(unstorable, '\uFFFD') : text;
}

/** Parameters of a statement as every database takes them, whoever has written their text: forges write much of it. */
export function storableParameters(parameters: readonly unknown[]): readonly unknown[] {
  return parameters.map((value) => (typeof value === 'string' ? storableText(value) : value));
}

/** The form in which names and paths are compared, sorted and searched: NFKC, lower case. */
export function keyOf(text: string): string {
  return storableText(text).normalize('NFKC').toLowerCase();
}
