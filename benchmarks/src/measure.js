const sampleEveryMs = 10;

/**
 * @typedef {object} Measured
 * @property {number} ms
 * @property {number} heapMB how far the heap grew at its highest, garbage included
 */

/**
 * Runs work and tells how long it took and how much memory it wanted.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<Measured & { readonly result: T }>}
 */
export async function measure(work) {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let peak = before;
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  };
  const sampling = setInterval(sample, sampleEveryMs);
  const begin = performance.now();
  try {
    const result = await work();
    const ms = performance.now() - begin;
    sample();
    return { result, ms, heapMB: (peak - before) / 2 ** 20 };
  } finally {
    clearInterval(sampling);
  }
}

/**
 * The middle one; of an even number the lower of the two.
 *
 * @param {readonly number[]} values at least one
 */
export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError('There is no median of nothing.');
  return middle;
}
