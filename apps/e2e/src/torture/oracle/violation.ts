/** Something that no engine that can be trusted does. */
export interface Violation {
  /** In a few words: which law. */
  readonly law: string;
  /** What was expected, what was seen, and when. */
  readonly story: string;
}
