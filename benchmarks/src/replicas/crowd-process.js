import { serve } from '../child.js';
import { crowds } from './crowd.js';

/**
 * @typedef {{ readonly forge: import('../list/forges.js').ForgeType, readonly latencyMs: number } & import('./crowd.js').CrowdSize} Task
 *
 * @typedef {object} RunningCrowd
 * @property {import('../list/forges.js').ForgeType} forge
 * @property {string} webUrl
 * @property {string} apiUrl
 * @property {readonly import('@anyforge/core').TokenCredential[]} credentials
 */

serve(async (/** @type {Task} */ { forge, latencyMs, ...size }) => {
  const { simulator, credentials } = await crowds[forge](size);
  simulator.setLatency(latencyMs);
  const { webUrl, apiUrl } = simulator;
  return /** @type {RunningCrowd} */ ({ forge, webUrl, apiUrl, credentials });
});
