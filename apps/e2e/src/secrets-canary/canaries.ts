import { randomBytes } from 'node:crypto';

/** A secret that was put in somewhere, to be looked for everywhere. */
export interface Canary {
  /** What it is and where it was put: `GitHub: refresh token`. */
  readonly name: string;
  readonly value: string;
  /** The labels of the answers that may show it. */
  readonly shownIn: Set<string>;
}

/** Shorter ones would be found by chance. */
const shortest = 12;

/** Every secret of a run. */
export class Canaries {
  readonly #byValue = new Map<string, Canary>();

  /** @param shownIn the label of the one answer that shows it by design */
  plant(name: string, value: string, shownIn?: string): string {
    if (value.length < shortest) throw new Error(`${name} is too short to be looked for.`);
    const known = this.#byValue.get(value) ?? { name, value, shownIn: new Set<string>() };
    if (shownIn !== undefined) known.shownIn.add(shownIn);
    this.#byValue.set(value, known);
    return value;
  }

  /**
   * Makes a secret that nobody else has made, with what encodings and escapes change; and one within it that none
   * changes, so that it is found however often it was escaped.
   */
  invent(name: string): string {
    const core = randomBytes(12).toString('hex');
    this.plant(`${name}, its core`, core);
    return this.plant(name, `canary/${core}+ü "x"`);
  }

  get all(): readonly Canary[] {
    return [...this.#byValue.values()];
  }
}
