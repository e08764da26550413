import { createHash } from 'node:crypto';

/** A row as both databases give it. */
export type PlainRow = Readonly<Record<string, string | number | null>>;

const mask = 2n ** 64n - 1n;

/** Counts rows and sums up what is in them, in whatever order they come. */
export class TableSum {
  #rows = 0;
  #sum = 0n;

  add(row: PlainRow): void {
    const columns = Object.entries(row).sort(([left], [right]) => (left < right ? -1 : 1));
    const hash = createHash('sha256').update(JSON.stringify(columns)).digest();
    this.#rows += 1;
    this.#sum = (this.#sum + hash.readBigUInt64BE()) & mask;
  }

  get rows(): number {
    return this.#rows;
  }

  /** 16 hexadecimal digits. */
  get checksum(): string {
    return this.#sum.toString(16).padStart(16, '0');
  }
}
