import type { Clock } from '../http/clock.js';
import { systemClock } from '../http/clock.js';
import type { Latency, RequestHook } from '../http/exchange.js';
import { Exchange } from '../http/exchange.js';
import type { Faults } from '../http/faults.js';
import type { SimulatedRequest } from '../http/message.js';
import { toBytes } from '../http/message.js';
import type { Origin } from '../http/origin.js';
import { openOrigin } from '../http/origin.js';
import type { RequestLog } from '../http/request-log.js';
import type { World } from '../world/world.js';
import { GithubApi } from './api.js';
import { Installations } from './installations.js';
import type { GithubLimits } from './limits.js';
import { githubLimits, Limiter } from './limits.js';
import { withNextLink } from './paging.js';
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
}

/** A GitHub on 127.0.0.1. */
export interface GithubSimulator {
  readonly profile: GithubProfileName;
  /** Where people go. */
  readonly webUrl: string;
  /** Where programs go, with the prefix where there is one. */
  readonly apiUrl: string;
  /** Every origin it answers on. */
  readonly origins: readonly string[];
  readonly world: World;
  readonly tokens: Tokens;
  readonly installations: Installations;
  readonly policies: Policies;
  readonly log: RequestLog;
  readonly faults: Faults;
  setLatency(latency: Latency): void;
  /** Calls `hook` for every request before it is answered. @returns how to stop that */
  onRequest(hook: RequestHook): () => void;
  /** Breaks every connection and ends every wait. */
  close(): Promise<void>;
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
  const locate = profile.separateApi ? byOrigin : byPrefix(profile.apiPrefix);
  const handle: Parameters<typeof openOrigin>[0] = (incoming, outgoing, origin) => {
    void exchange.handle(incoming, outgoing, (url) => locate(url, apiOrigin.url), origin);
  };
  const webOrigin = await openOrigin(handle);
  const apiOrigin = profile.separateApi ? await openOrigin(handle) : webOrigin;
  const origins: readonly Origin[] = [...new Set([webOrigin, apiOrigin])];

  const links = { webUrl: webOrigin.url, apiUrl: apiOrigin.url + profile.apiPrefix };
  const installations = new Installations();
  const state = {
    world,
    tokens: new Tokens(clock, installations),
    installations,
    policies: new Policies(),
    webUrl: links.webUrl,
  };
  const limiter = limiterFor(options.limits, profile, clock);
  const api = new GithubApi({ profile, state, links, clock, limiter, privateMode, expiryOffset });
  const exchange = new Exchange({
    clock,
    answer: (request) => (request.surface === 'api' ? api.answer(request) : toBytes(answerWeb(request))),
    admit: (request) => (request.surface === 'api' ? api.admit(request) : () => undefined),
    withNextPage: withNextLink,
  });
  if (options.latency !== undefined) exchange.setLatency(options.latency);

  return {
    profile: profile.name,
    ...links,
    origins: origins.map(({ url }) => url),
    world,
    tokens: state.tokens,
    installations: state.installations,
    policies: state.policies,
    log: exchange.log,
    faults: exchange.faults,
    setLatency: (latency) => {
      exchange.setLatency(latency);
    },
    onRequest: (hook) => exchange.onRequest(hook),
    close: async () => {
      exchange.close();
      await Promise.all(origins.map((origin) => origin.close()));
    },
  };
}

type Location = Pick<SimulatedRequest, 'surface' | 'path'>;

function byOrigin(url: URL, apiOrigin: string): Location {
  return { surface: url.origin === apiOrigin ? 'api' : 'web', path: url.pathname };
}

function byPrefix(prefix: string): (url: URL) => Location {
  return (url) => {
    if (url.pathname !== prefix && !url.pathname.startsWith(`${prefix}/`))
      return { surface: 'web', path: url.pathname };
    return { surface: 'api', path: url.pathname.slice(prefix.length) || '/' };
  };
}

function limiterFor(
  limits: GithubSimulatorOptions['limits'],
  profile: GithubProfile,
  clock: Clock,
): Limiter | undefined {
  if (limits === 'off' || (limits === undefined && !profile.rateLimited)) return undefined;
  return new Limiter(typeof limits === 'object' ? { ...githubLimits, ...limits } : githubLimits, clock);
}
