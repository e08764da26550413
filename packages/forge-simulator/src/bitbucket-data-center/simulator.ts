import type { ForgeSimulator } from '../forge-simulator.js';
import type { Clock } from '../http/clock.js';
import { systemClock } from '../http/clock.js';
import type { Latency } from '../http/exchange.js';
import type { SimulatedRequest, SimulatedResponse } from '../http/message.js';
import { toBytes } from '../http/message.js';
import { openForge } from '../http/open-forge.js';
import type { Person } from '../world/model.js';
import type { World } from '../world/world.js';
import type { UnrecognizedTokens } from './api.js';
import { BitbucketDataCenterApi } from './api.js';
import { CaptchaLock } from './captcha.js';
import type { PageCaps } from './endpoint.js';
import { usualPageCaps } from './endpoint.js';
import type { BitbucketLimits } from './limits.js';
import { bitbucketLimits, TokenBuckets } from './limits.js';
import { bitbucketDataCenterOAuth } from './oauth.js';
import type { StartCounting } from './paging.js';
import { withNextStart } from './paging.js';
import { mustBeShowable } from './showable.js';
import { BitbucketTokens } from './tokens.js';
import { bitbucketVersion } from './version.js';
import { answerWeb } from './web.js';

export interface BitbucketDataCenterSimulatorOptions {
  readonly world: World;
  /** '9.4.1' when not given. */
  readonly version?: string;
  /** The context path, '/bitbucket'; none when not given. */
  readonly pathPrefix?: string;
  /** Off when not given, as Bitbucket is delivered. */
  readonly limits?: Partial<BitbucketLimits> | 'on' | 'off';
  /** How many items a page holds at most, whatever is asked for; 1000 when not given. */
  readonly pageCaps?: Partial<PageCaps>;
  /** What the start of a page counts; `all` when not given: the less convenient, as neither is documented. */
  readonly starts?: StartCounting;
  /** What a path leads to that a repository had before; `redirect` when not given. */
  readonly oldPaths?: 'redirect' | 'not-found';
  /**
   * What a bearer token is taken for that is unknown, revoked or expired; `anonymous` when not given: that is what
   * Bitbucket 10.4 was measured to do, and what an adapter can take for an empty list.
   */
  readonly unrecognizedTokens?: UnrecognizedTokens;
  /** Who is found as a licensed user; everybody when not given. Others are listed with what they were granted all the same. */
  readonly isLicensed?: (person: Person) => boolean;
  readonly clock?: Clock;
  readonly latency?: Latency;
  /** Where it listens on 127.0.0.1. A free port when not given. */
  readonly port?: number | undefined;
}

/** A Bitbucket Data Center on 127.0.0.1. */
export interface BitbucketDataCenterSimulator extends ForgeSimulator {
  readonly version: string;
  readonly tokens: BitbucketTokens;
  /** Whose password was wrong too often. */
  readonly captcha: CaptchaLock;
}

/** The older name of the API, which answers as `latest` does. */
const olderApi = '/rest/api/1.0';

/**
 * Starts a Bitbucket Data Center that shows `world`: organizations as projects, people's own projects, and teams as
 * groups of the whole forge.
 * @throws Error when Bitbucket Data Center cannot show the world
 */
export async function startBitbucketDataCenterSimulator(
  options: BitbucketDataCenterSimulatorOptions,
): Promise<BitbucketDataCenterSimulator> {
  const { world, clock = systemClock, pathPrefix = '', starts = 'all', oldPaths = 'redirect' } = options;
  const { unrecognizedTokens = 'anonymous', isLicensed = () => true } = options;
  const version = bitbucketVersion(options.version ?? '9.4.1');
  mustBeShowable(world);
  const captcha = new CaptchaLock();
  return openForge({
    layout: { separateApi: false, webPrefix: pathPrefix, apiPrefix: `${pathPrefix}/rest/api/latest` },
    clock,
    latency: options.latency,
    port: options.port,
    face: (links) => {
      const { webUrl } = links;
      const tokens = new BitbucketTokens(clock, webUrl);
      const oauth = bitbucketDataCenterOAuth({ world, tokens, clock, webUrl });
      const api = new BitbucketDataCenterApi({
        world,
        tokens,
        captcha,
        links,
        version,
        pageCaps: { ...usualPageCaps, ...options.pageCaps },
        starts,
        oldPaths,
        unrecognizedTokens,
        isLicensed,
        limiter: limiterFor(options.limits, clock),
      });
      const answer = (request: SimulatedRequest): SimulatedResponse => {
        if (request.surface === 'api') return api.answer(request);
        if (request.path.startsWith(`${olderApi}/`))
          return api.answer({ ...request, path: request.path.slice(olderApi.length) });
        return oauth.answer(request) ?? toBytes(answerWeb(request, { webUrl, version, tokens }));
      };
      return {
        parts: { version: version.version, world, tokens, captcha, oauth },
        answer,
        withNextPage: withNextStart,
      };
    },
  });
}

function limiterFor(
  limits: BitbucketDataCenterSimulatorOptions['limits'],
  clock: Clock,
): TokenBuckets | undefined {
  if (limits === undefined || limits === 'off') return undefined;
  return new TokenBuckets(
    typeof limits === 'object' ? { ...bitbucketLimits, ...limits } : bitbucketLimits,
    clock,
  );
}
