import type { Canary } from './canaries.js';
import { formsOf } from './forms.js';

/** Bytes in which no secret may stand. */
export interface Evidence {
  /** What kind of thing it is: `answers`, `log`, `database files`. */
  readonly kind: string;
  readonly label: string;
  readonly bytes: Buffer;
}

export interface Find {
  readonly canary: string;
  readonly form: string;
  readonly kind: string;
  readonly label: string;
  readonly offset: number;
}

interface Needle {
  readonly canary: Canary;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Looks for many secrets at once, in all their forms. */
export class Searcher {
  /** By the first four bytes, of which the first three are looked up in a table before. */
  readonly #needles = new Map<number, Needle[]>();
  readonly #beginnings = new Uint8Array(1 << 24);
  readonly forms: number;

  constructor(canaries: readonly Canary[]) {
    const needles = canaries.flatMap((canary) =>
      formsOf(canary.value).map(({ name, bytes }) => ({ canary, form: name, bytes })),
    );
    for (const needle of needles) {
      const key = needle.bytes.readUInt32BE(0);
      const alike = this.#needles.get(key) ?? [];
      alike.push(needle);
      this.#needles.set(key, alike);
      this.#beginnings[key >>> 8] = 1;
    }
    this.forms = needles.length;
  }

  /** Everything that is found but what the answer may show by design. */
  search({ kind, label, bytes }: Evidence): readonly Find[] {
    const finds: Find[] = [];
    for (let offset = 0; offset + 4 <= bytes.length; offset += 1) {
      if (this.#beginnings[bytes.readUIntBE(offset, 3)] === 0) continue;
      for (const needle of this.#needles.get(bytes.readUInt32BE(offset)) ?? []) {
        if (!standsAt(bytes, offset, needle.bytes)) continue;
        const { name, shownIn } = needle.canary;
        if (!shownIn.has(label)) finds.push({ canary: name, form: needle.form, kind, label, offset });
      }
    }
    return finds;
  }
}

function standsAt(bytes: Buffer, offset: number, wanted: Buffer): boolean {
  const end = offset + wanted.length;
  return end <= bytes.length && bytes.compare(wanted, 0, wanted.length, offset, end) === 0;
}
