import { startChild } from '../child.js';

const simulatorProcess = new URL('simulator-process.js', import.meta.url);

/**
 * @typedef {object} Setting
 * @property {import('./forges.js').ForgeType} forge
 * @property {number} repositories
 * @property {boolean} limited
 * @property {number} latencyMs
 *
 * @typedef {object} Round what one listing took
 * @property {number} seconds
 * @property {number} heapMB
 * @property {readonly string[]} requests
 * @property {number} concurrency
 *
 * @typedef {Pick<Round, 'requests' | 'concurrency'>} Model what anyforge did
 */

/**
 * Gives a contestant a forge of its own, each in a process of its own: neither's work or memory is the other's, and
 * nobody spends another one's rate limit.
 *
 * @param {import('./forges.js').Contestant} contestant
 * @param {Setting} setting
 * @param {readonly string[]} [flags] for the Node.js of the contestant
 */
export function openEntrant(contestant, setting, flags = []) {
  const simulator = startSimulator();
  /** @type {import('../child.js').Child<import('./competition.js').Race, import('./competition.js').Finish>} */
  const runner = startChild(new URL(`contestants/${contestant.script}`, import.meta.url), { flags });
  const starting = simulator.start(setting);
  // It is waited for, and its failure told, with the first round.
  starting.catch(() => undefined);

  return {
    contestant,
    /**
     * @param {Model} model
     * @returns {Promise<Round>}
     * @throws Error when it does not find all that there is
     */
    async round(model) {
      const started = await starting;
      const requests = model.requests.map((url) => relocate(url, started.apiUrl));
      const race = { forge: setting.forge, ...started, requests, concurrency: model.concurrency };
      const { result, ms, heapMB } = await runner.ask(race);
      const expected = contestant.counts === 'answers' ? requests.length : setting.repositories;
      if (result !== expected)
        throw new Error(`${contestant.name} found ${result} of ${expected} ${contestant.counts}`);
      const { requests: made, concurrency } = await simulator.look();
      return { seconds: ms / 1_000, heapMB, requests: made, concurrency };
    },
    async close() {
      await Promise.all([simulator.stop(), runner.stop()]);
    },
  };
}

function startSimulator() {
  const child = startChild(simulatorProcess);
  return {
    /** @param {Setting} setting @returns {Promise<import('./simulator-process.js').Started>} */
    start: (setting) => child.ask({ kind: 'start', ...setting }),
    /** @returns {Promise<Model>} */
    look: () => child.ask({ kind: 'look' }),
    stop: () => child.stop(),
  };
}

/**
 * The same request to the same forge at another port of this machine.
 *
 * @param {string} url
 * @param {string} apiUrl
 */
function relocate(url, apiUrl) {
  return url.replace(/^https?:\/\/[^/]+/, new URL(apiUrl).origin);
}
