import type { Pixels } from './pixels.js';

const size = 256;
/** So far apart, in squares of all three, are two colours of a palette at least. */
const apart = 12;

/** A picture of few colours: which they are, and for each pixel which of them it is. */
export interface Indexed {
  readonly palette: readonly number[];
  readonly indexes: Uint8Array;
}

/** Leaves a picture the colours that most of it has; every other becomes the one that is nearest. */
export function toPalette({ colours }: Pixels): Indexed {
  const counts = new Map<number, number>();
  const keys = new Uint32Array(colours.length / 3);
  for (let pixel = 0; pixel < keys.length; pixel += 1) {
    const [red = 0, green = 0, blue = 0] = colours.subarray(pixel * 3, pixel * 3 + 3);
    const key = (red << 16) | (green << 8) | blue;
    keys[pixel] = key;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const palette = choose(counts);
  const indexOf = new Map<number, number>();
  for (const key of counts.keys()) indexOf.set(key, nearestIn(palette, key));
  return { palette, indexes: Uint8Array.from(keys, (key) => indexOf.get(key) ?? 0) };
}

/** The most used first; of colours that nobody tells apart, one. */
function choose(counts: ReadonlyMap<number, number>): readonly number[] {
  if (counts.size <= size) return [...counts.keys()];
  const chosen: number[] = [];
  const byUse = [...counts].sort(([one, times], [other, more]) => more - times || one - other);
  for (const [key] of byUse) {
    if (chosen.length === size) break;
    if (chosen.every((other) => distance(other, key) >= apart)) chosen.push(key);
  }
  return chosen;
}

function nearestIn(palette: readonly number[], key: number): number {
  let best = 0;
  let least = Infinity;
  for (const [index, colour] of palette.entries()) {
    const away = distance(colour, key);
    if (away < least) [best, least] = [index, away];
  }
  return best;
}

function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16);
  const green = ((one >> 8) & 255) - ((other >> 8) & 255);
  const blue = (one & 255) - (other & 255);
  return red * red + green * green + blue * blue;
}
