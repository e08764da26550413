import type { ForgeSimulator } from '../forge-simulator.js';
import type { Clock } from '../http/clock.js';
import { systemClock } from '../http/clock.js';
import type { Latency } from '../http/exchange.js';
import { toBytes } from '../http/message.js';
import { withNextLink } from '../http/next-link.js';
import { openForge } from '../http/open-forge.js';
import { OAuthServer } from '../oauth/server.js';
import type { World } from '../world/world.js';
import { GitlabApi } from './api.js';
import { Authorizations } from './authorizations.js';
import { Groups } from './groups.js';
import type { GitlabLimits } from './limits.js';
import { gitlabLimits, Limiter } from './limits.js';
import { gitlabOAuthRules } from './oauth-rules.js';
import type { GitlabProfile, GitlabProfileName, GitlabProfileOptions } from './profile.js';
import { gitlabProfile } from './profile.js';
import { mustBeShowable } from './showable.js';
import { GitlabTokens } from './tokens.js';
import type { GitlabState } from './viewer.js';
import { answerWeb } from './web.js';

export interface GitlabSimulatorOptions extends GitlabProfileOptions {
  readonly world: World;
  /** `com` when not given. */
  readonly profile?: GitlabProfileName;
  /** Self-managed only: what everything lives below, '/gitlab'; nothing when not given. */
  readonly pathPrefix?: string;
  /**
   * Changes single limits, turns all `off`, or `on` as GitLab.com has them. When not given, a self-managed instance has
   * those of single endpoints.
   */
  readonly limits?: Partial<GitlabLimits> | 'on' | 'off';
  readonly clock?: Clock;
  readonly latency?: Latency;
  /** Where it listens on 127.0.0.1. A free port when not given. */
  readonly port?: number | undefined;
}

/** A GitLab on 127.0.0.1. */
export interface GitlabSimulator extends ForgeSimulator {
  readonly profile: GitlabProfileName;
  readonly tokens: GitlabTokens;
}

/**
 * Starts a GitLab that shows `world`, pages and API on one origin.
 * @throws Error when GitLab cannot show the world, and for GitLab.com below a path
 */
export async function startGitlabSimulator(options: GitlabSimulatorOptions): Promise<GitlabSimulator> {
  const { world, pathPrefix = '', clock = systemClock } = options;
  const profile = gitlabProfile(options.profile ?? 'com', options);
  if (pathPrefix !== '' && profile.name === 'com') throw new Error('GitLab.com lives below no path');
  mustBeShowable(world);
  const limiter = limiterFor(options.limits, profile, clock);
  const tokens = new GitlabTokens(world, clock);
  const authorizations = new Authorizations(world);
  const groups = new Groups(world, authorizations);
  const state: GitlabState = { world, tokens, authorizations, groups };
  return openForge({
    layout: { separateApi: false, webPrefix: pathPrefix, apiPrefix: `${pathPrefix}/api/v4` },
    clock,
    latency: options.latency,
    port: options.port,
    face: (links) => {
      const { webUrl } = links;
      const oauth = new OAuthServer({
        rules: gitlabOAuthRules,
        world,
        clock,
        webUrl,
        tokens: {
          issue: ({ client, ...request }) =>
            tokens.issue({ kind: 'oauth', application: client.clientId, ...request }),
          revoke: (value) => tokens.revoke(value),
        },
      });
      const api = new GitlabApi({ profile, state, links, clock, limiter });
      return {
        parts: { profile: profile.name, world, tokens, oauth },
        answer: (request) =>
          request.surface === 'api'
            ? api.answer(request)
            : (oauth.answer(request) ?? toBytes(answerWeb({ state, webUrl, now: clock.now() }, request))),
        withNextPage: withNextLink,
      };
    },
  });
}

function limiterFor(
  limits: GitlabSimulatorOptions['limits'],
  profile: GitlabProfile,
  clock: Clock,
): Limiter | undefined {
  if (limits === 'off') return undefined;
  return new Limiter(limits === 'on' ? gitlabLimits : { ...profile.limits, ...limits }, clock);
}
