import { serve } from '../child.js';
import { measure } from '../measure.js';

/**
 * Where a contestant lists, as whom.
 *
 * @typedef {object} Race
 * @property {import('./forges.js').ForgeType} forge
 * @property {string} webUrl
 * @property {string} apiUrl
 * @property {import('@anyforge/core').TokenCredential} credential
 * @property {readonly string[]} requests what anyforge has asked for, for those who ask for the same
 * @property {number} concurrency how many of them anyforge had under way at its most
 */

/**
 * @typedef {import('../measure.js').Measured & { readonly result: number }} Finish
 * `result` is how many repositories were listed, or answers read
 */

/**
 * Makes a script a contestant, that lists when it is told to.
 *
 * @param {(race: Race) => Promise<number>} list gives how many repositories there were
 */
export function compete(list) {
  serve((/** @type {Race} */ race) => measure(() => list(race)));
}
