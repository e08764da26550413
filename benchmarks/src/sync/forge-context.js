import { bitbucketDataCenterPlugin, bitbucketPlugin } from '@anyforge/provider-bitbucket';
import { giteaPlugin } from '@anyforge/provider-gitea';
import { githubPlugin } from '@anyforge/provider-github';
import { gitlabPlugin } from '@anyforge/provider-gitlab';
import { createGuardedFetch } from '@anyforge/provider-kit/guarded-fetch';

/** @type {readonly import('@anyforge/core').ProviderPlugin[]} */
const plugins = [githubPlugin, gitlabPlugin, bitbucketPlugin, bitbucketDataCenterPlugin, giteaPlugin];

/** @type {import('@anyforge/hub').PluginCatalog} */
export const catalog = {
  get: (type) => plugins.find((plugin) => plugin.type === type),
  list: () => plugins,
};

/** The configuration of a git provider on a simulator. @param {Pick<import('./forge-process.js').RunningForge, 'webUrl' | 'apiUrl'>} forge */
export function configOf({ webUrl, apiUrl }) {
  return { baseUrl: webUrl, ...(apiUrl.startsWith(webUrl) ? {} : { apiUrl }) };
}

/** The server's way to the forges, with what came back counted, and told when requests are under way and when no more. */
export function createCountingFetch() {
  const fetch = createGuardedFetch({ addresses: { private: false, loopback: true } });
  /** @type {Map<number, number>} */
  const statuses = new Map();
  let underWay = 0;
  let stoppedAt = Number.NaN;
  /** @type {(() => void)[]} */
  let waiting = [];
  const tell = () => {
    for (const go of waiting) go();
    waiting = [];
  };
  const change = () => new Promise((resolve) => waiting.push(() => resolve(undefined)));
  return {
    statuses,
    /** Resolves as soon as a request is under way. */
    async begun() {
      while (underWay === 0) await change();
    },
    /** Resolves as soon as none is, with the time since which that is so. */
    async stopped() {
      while (underWay > 0) await change();
      return stoppedAt;
    },
    /** @type {typeof globalThis.fetch} */
    async fetch(input, init) {
      underWay += 1;
      tell();
      try {
        const response = await fetch(input, init);
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        return response;
      } finally {
        underWay -= 1;
        stoppedAt = now();
        tell();
      }
    },
  };
}

/** Milliseconds by a clock that all processes of this machine share. */
export function now() {
  return performance.timeOrigin + performance.now();
}
