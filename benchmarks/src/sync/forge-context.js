import { bitbucketDataCenterPlugin, bitbucketPlugin } from '@anyforge/provider-bitbucket';
import { githubPlugin } from '@anyforge/provider-github';
import { gitlabPlugin } from '@anyforge/provider-gitlab';
import { createGuardedFetch } from '@anyforge/provider-kit/guarded-fetch';

/** @type {readonly import('@anyforge/core').ProviderPlugin[]} */
const plugins = [githubPlugin, gitlabPlugin, bitbucketPlugin, bitbucketDataCenterPlugin];

/** @type {import('@anyforge/hub').PluginCatalog} */
export const catalog = {
  get: (type) => plugins.find((plugin) => plugin.type === type),
  list: () => plugins,
};

/** The configuration of a git provider on a simulator. @param {import('./forge-process.js').RunningForge} forge */
export function configOf({ webUrl, apiUrl }) {
  return { baseUrl: webUrl, ...(apiUrl.startsWith(webUrl) ? {} : { apiUrl }) };
}

/** The server's way to the forges, with what came back counted and the time told when a request was given up. */
export function createCountingFetch() {
  const fetch = createGuardedFetch({ addresses: { private: false, loopback: true } });
  /** @type {Map<number, number>} */
  const statuses = new Map();
  let underWay = 0;
  /** @type {(() => void)[]} */
  let waiting = [];
  let abortedAt = Number.NaN;
  return {
    statuses,
    /** When the last request was given up that was under way. */
    get abortedAt() {
      return abortedAt;
    },
    /** Resolves as soon as one is under way. */
    async underWay() {
      if (underWay === 0) await new Promise((resolve) => waiting.push(() => resolve(undefined)));
    },
    /** @type {typeof globalThis.fetch} */
    async fetch(input, init) {
      const aborted = () => {
        abortedAt = now();
      };
      init?.signal?.addEventListener('abort', aborted, { once: true });
      underWay += 1;
      for (const go of waiting) go();
      waiting = [];
      try {
        const response = await fetch(input, init);
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        return response;
      } finally {
        underWay -= 1;
        init?.signal?.removeEventListener('abort', aborted);
      }
    },
  };
}

/** Milliseconds by a clock that all processes of this machine share. */
export function now() {
  return performance.timeOrigin + performance.now();
}
