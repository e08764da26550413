import { serve } from '../child.js';
import { simulators } from './simulators.js';

/**
 * @typedef {{ readonly kind: 'start' } & import('./entrant.js').Setting} Start
 *
 * @typedef {object} Started
 * @property {string} webUrl
 * @property {string} apiUrl
 * @property {import('@anyforge/core').TokenCredential} credential
 *
 * @typedef {{ readonly kind: 'look' }} Look asks for what came since the last time
 */

/** @type {import('@anyforge/forge-simulator').ForgeSimulator | undefined} */
let running;

/** @param {Start} task @returns {Promise<Started>} */
async function start({ forge, repositories, limited, latencyMs }) {
  const { simulator, credential } = await simulators[forge]({ repositories, limited });
  simulator.setLatency(latencyMs);
  running = simulator;
  return { webUrl: simulator.webUrl, apiUrl: simulator.apiUrl, credential };
}

/** @returns {import('./entrant.js').Model} */
function look() {
  if (running === undefined) throw new Error('no simulator was started');
  const { log, apiUrl } = running;
  const requests = log.entries.map(({ path, query }) => `${apiUrl}${path}?${new URLSearchParams(query)}`);
  const concurrency = log.peakConcurrency;
  log.clear();
  return { requests, concurrency };
}

serve(async (/** @type {Start | Look} */ task) => (task.kind === 'start' ? start(task) : look()));
