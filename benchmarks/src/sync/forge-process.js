import { serve } from '../child.js';
import { simulators } from '../list/simulators.js';

/**
 * A forge in a process of its own, whose latency can be changed.
 *
 * @typedef {{ readonly kind: 'start', readonly forge: import('../list/forges.js').ForgeType, readonly repositories: number, readonly limited: boolean }} Start
 * @typedef {{ readonly kind: 'latency', readonly ms: number }} Latency
 *
 * @typedef {object} RunningForge
 * @property {import('../list/forges.js').ForgeType} forge
 * @property {string} webUrl
 * @property {string} apiUrl
 * @property {import('@anyforge/core').TokenCredential} credential
 */

/** @type {import('@anyforge/forge-simulator').ForgeSimulator | undefined} */
let running;

serve(async (/** @type {Start | Latency} */ task) => {
  if (task.kind === 'latency') {
    running?.setLatency(task.ms);
    return undefined;
  }
  const { simulator, credential } = await simulators[task.forge](task);
  // Nobody looks at the requests here, and those of many long listings would fill the memory.
  running = simulator;
  const { webUrl, apiUrl } = simulator;
  return /** @type {RunningForge} */ ({ forge: task.forge, webUrl, apiUrl, credential });
});
