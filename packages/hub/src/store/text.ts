const unstorable = /\u0000|\p{Surrogate}/gu;

/** Text that every database can keep: NUL and halves of surrogate pairs become U+FFFD. */
export function storableText(text: string): string {
  return text.replace(unstorable, '\uFFFD');
}

/** The form in which names and paths are compared, sorted and searched: NFKC, lower case. */
export function keyOf(text: string): string {
  return storableText(text).normalize('NFKC').toLowerCase();
}
