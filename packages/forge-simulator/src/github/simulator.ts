import type { Clock } from '../http/clock.js';
import { systemClock } from '../http/clock.js';
import type { ForgeSimulator } from '../forge-simulator.js';
import type { Latency } from '../http/exchange.js';
import { toBytes } from '../http/message.js';
import { withNextLink } from '../http/next-link.js';
import { openForge } from '../http/open-forge.js';
import type { World } from '../world/world.js';
import { GithubApi } from './api.js';
import { Installations } from './installations.js';
import type { GithubLimits } from './limits.js';
import { githubLimits, Limiter } from './limits.js';
import { githubOAuth } from './oauth.js';
import { Policies } from './policies.js';
import type { GithubProfile, GithubProfileName } from './profile.js';
import { githubProfile } from './profile.js';
import { mustBeShowable } from './showable.js';
import { Tokens } from './tokens.js';
import { answerWeb } from './web.js';

export interface GithubSimulatorOptions {
  readonly world: World;
  /** `cloud` when not given. */
  readonly profile?: GithubProfileName;
  /** Changes single limits, or turns them `off` or `on`; on for `cloud` only when not given. */
  readonly limits?: Partial<GithubLimits> | 'on' | 'off';
  /** Enterprise Server only: '3.17.4'. */
  readonly serverVersion?: string;
  /**
   * Enterprise Server only: nothing without a credential. `html` refuses as the web server in front does, with
   * `WWW-Authenticate` and a page.
   */
  readonly privateMode?: boolean | 'html';
  /** Tells when tokens expire as local time at an offset, '+0500'; in UTC when not given. */
  readonly expiryOffset?: string;
  readonly clock?: Clock;
  readonly latency?: Latency;
  /** Where it listens on 127.0.0.1; the API of `cloud` at the next one. A free port when not given. */
  readonly port?: number | undefined;
}

/** A GitHub on 127.0.0.1. */
export interface GithubSimulator extends ForgeSimulator {
  readonly profile: GithubProfileName;
  readonly tokens: Tokens;
  readonly installations: Installations;
  readonly policies: Policies;
}

/**
 * Starts a GitHub that shows `world`: as GitHub.com on two origins, as an Enterprise Server on one.
 * @throws Error when GitHub cannot show the world, and for an Enterprise Server's options without one
 */
export async function startGithubSimulator(options: GithubSimulatorOptions): Promise<GithubSimulator> {
  const { world, clock = systemClock, privateMode = false, expiryOffset = 'UTC' } = options;
  const profile = githubProfile(options.profile ?? 'cloud', options.serverVersion);
  if (privateMode !== false && profile.name === 'cloud') throw new Error('GitHub.com has no private mode');
  mustBeShowable(world);
  const installations = new Installations();
  const policies = new Policies();
  const limiter = limiterFor(options.limits, profile, clock);
  return openForge({
    layout: { separateApi: profile.separateApi, webPrefix: '', apiPrefix: profile.apiPrefix },
    clock,
    latency: options.latency,
    port: options.port,
    face: (links) => {
      const { webUrl } = links;
      const tokens = new Tokens(clock, installations, webUrl);
      const oauth = githubOAuth({ profile, world, tokens, clock, webUrl });
      const state = { world, tokens, installations, policies, oauth, webUrl };
      const api = new GithubApi({ profile, state, links, clock, limiter, privateMode, expiryOffset });
      return {
        parts: { profile: profile.name, world, tokens, installations, policies, oauth },
        answer: (request) =>
          request.surface === 'api'
            ? api.answer(request)
            : (oauth.answer(request) ?? toBytes(answerWeb(request))),
        admit: (request) => (request.surface === 'api' ? api.admit(request) : () => undefined),
        withNextPage: withNextLink,
      };
    },
  });
}

function limiterFor(
  limits: GithubSimulatorOptions['limits'],
  profile: GithubProfile,
  clock: Clock,
): Limiter | undefined {
  if (limits === 'off' || (limits === undefined && !profile.rateLimited)) return undefined;
  return new Limiter(typeof limits === 'object' ? { ...githubLimits, ...limits } : githubLimits, clock);
}
