import type { ForgeSimulator } from '../forge-simulator.js';
import type { Clock } from '../http/clock.js';
import { systemClock } from '../http/clock.js';
import type { Latency } from '../http/exchange.js';
import { toBytes } from '../http/message.js';
import { openForge } from '../http/open-forge.js';
import { OAuthServer } from '../oauth/server.js';
import type { World } from '../world/world.js';
import { BitbucketCloudApi } from './api.js';
import type { BitbucketCloudLimits } from './limits.js';
import { bitbucketCloudLimits, Limiter } from './limits.js';
import { bitbucketCloudOAuthRules, tokenForClient } from './oauth-rules.js';
import type { PageNaming } from './paging.js';
import { withNextPage } from './paging.js';
import { mustBeShowable } from './showable.js';
import { BitbucketCloudTokens } from './tokens.js';
import { answerWeb } from './web.js';

export interface BitbucketCloudSimulatorOptions {
  readonly world: World;
  /** Changes single limits, or turns them `off` or `on`; on when not given. */
  readonly limits?: Partial<BitbucketCloudLimits> | 'on' | 'off';
  /** How pages name the next one; by `numbers` when not given. */
  readonly pageNaming?: PageNaming;
  /** Whether pages tell the size of the whole listing; true when not given. */
  readonly tellsSize?: boolean;
  /** Whether headers tell the scopes of API tokens, which is documented of other tokens only; false when not given. */
  readonly tellsApiTokenScopes?: boolean;
  readonly clock?: Clock;
  readonly latency?: Latency;
  /** Where it listens on 127.0.0.1; the API at the next one. A free port when not given. */
  readonly port?: number | undefined;
}

/** A Bitbucket Cloud on 127.0.0.1. */
export interface BitbucketCloudSimulator extends ForgeSimulator {
  readonly tokens: BitbucketCloudTokens;
}

/**
 * Starts a Bitbucket Cloud that shows `world`, pages and API on an origin each. Organizations are workspaces, and so is
 * a person with repositories of their own.
 * @throws Error when Bitbucket Cloud cannot show the world
 */
export async function startBitbucketCloudSimulator(
  options: BitbucketCloudSimulatorOptions,
): Promise<BitbucketCloudSimulator> {
  const { world, clock = systemClock, pageNaming = 'numbers', tellsSize = true } = options;
  const { tellsApiTokenScopes = false } = options;
  mustBeShowable(world);
  const limiter = limiterFor(options.limits ?? 'on', clock);
  return openForge({
    layout: { separateApi: true, webPrefix: '', apiPrefix: '/2.0' },
    clock,
    latency: options.latency,
    port: options.port,
    face: (links) => {
      const tokens = new BitbucketCloudTokens(clock, links.webUrl);
      const oauth = new OAuthServer({
        rules: bitbucketCloudOAuthRules,
        world,
        tokens: {
          issue: (request) => tokens.issue(tokenForClient(request)),
          revoke: (value) => tokens.revoke(value),
        },
        clock,
        webUrl: links.webUrl,
      });
      const paging = { naming: pageNaming, tellsSize };
      const api = new BitbucketCloudApi({
        world,
        tokens,
        links,
        clock,
        limiter,
        paging,
        tellsApiTokenScopes,
      });
      return {
        parts: { world, tokens, oauth },
        answer: (request) =>
          request.surface === 'api'
            ? api.answer(request)
            : (oauth.answer(request) ?? toBytes(answerWeb(request))),
        withNextPage,
      };
    },
  });
}

function limiterFor(
  limits: NonNullable<BitbucketCloudSimulatorOptions['limits']>,
  clock: Clock,
): Limiter | undefined {
  if (limits === 'off') return undefined;
  const changes = limits === 'on' ? {} : limits;
  return new Limiter({ ...bitbucketCloudLimits, ...changes }, clock);
}
