import type { ForgeSimulator } from '../forge-simulator.js';
import type { Clock } from '../http/clock.js';
import { systemClock } from '../http/clock.js';
import type { Latency } from '../http/exchange.js';
import { toBytes } from '../http/message.js';
import { withNextLink } from '../http/next-link.js';
import { openForge } from '../http/open-forge.js';
import { OAuthServer } from '../oauth/server.js';
import type { World } from '../world/world.js';
import { GiteaApi } from './api.js';
import { giteaOAuthRules } from './oauth-rules.js';
import type { OwnerVisibility } from './owners.js';
import { Owners } from './owners.js';
import { Permissions } from './permissions.js';
import type { GiteaProfileName } from './profile.js';
import { giteaProfile } from './profile.js';
import { mustBeShowable } from './showable.js';
import type { GiteaState } from './state.js';
import { GiteaTeams } from './teams.js';
import { GiteaTokens } from './tokens.js';
import { answerWeb } from './web.js';

export interface GiteaSimulatorOptions {
  readonly world: World;
  /** `gitea` when not given. */
  readonly profile?: GiteaProfileName;
  /** '1.26.3' of Gitea and '15.0.3+gitea-1.22.0' of Forgejo when not given. */
  readonly version?: string;
  /** What everything lives below, '/git'; nothing when not given. */
  readonly pathPrefix?: string;
  /** Where it is by its own account, if that is not where it is asked: links to other pages lead there. */
  readonly rootUrl?: string;
  /** How many items a page holds at most, as `MAX_RESPONSE_ITEMS` says it; 50 when not given. */
  readonly maxResponseItems?: number;
  /** Whether nobody is answered without signing in; not when not given. */
  readonly signInRequired?: boolean;
  /** Whether a refresh ends the refresh tokens before it. When not given it does in Forgejo, as each is delivered. */
  readonly invalidatesRefreshTokens?: boolean;
  /**
   * Who sees an owner, by path. When not given, owners of what is internal are `limited`, and all others `public`. What
   * is open and of a `private` organization is its members' alone, whatever the world says.
   */
  readonly ownerVisibility?: Readonly<Record<string, OwnerVisibility>>;
  readonly clock?: Clock;
  readonly latency?: Latency;
  /** Where it listens on 127.0.0.1. A free port when not given. */
  readonly port?: number | undefined;
}

/** A Gitea, or a Forgejo, on 127.0.0.1. */
export interface GiteaSimulator extends ForgeSimulator {
  readonly profile: GiteaProfileName;
  readonly version: string;
  readonly tokens: GiteaTokens;
}

const versions: Readonly<Record<GiteaProfileName, string>> = {
  gitea: '1.26.3',
  forgejo: '15.0.3+gitea-1.22.0',
};
const usualPageSize = 30;

/**
 * Starts a Gitea that shows `world`, pages and API on one origin.
 * @throws Error when Gitea cannot show the world
 */
export async function startGiteaSimulator(options: GiteaSimulatorOptions): Promise<GiteaSimulator> {
  const { world, clock = systemClock, pathPrefix = '', maxResponseItems = 50 } = options;
  const { profile: name = 'gitea', version = versions[name], signInRequired = false } = options;
  const profile = giteaProfile(name, version);
  mustBeShowable(world);
  const owners = new Owners(world, options.ownerVisibility ?? {});
  const teams = new GiteaTeams(world, profile.teamMode);
  return openForge({
    layout: { separateApi: false, webPrefix: pathPrefix, apiPrefix: `${pathPrefix}/api/v1` },
    clock,
    latency: options.latency,
    port: options.port,
    face: ({ webUrl }) => {
      const tokens = new GiteaTokens(clock, webUrl, profile.scopesOfApplication);
      const state: GiteaState = {
        world,
        profile,
        tokens,
        owners,
        teams,
        permissions: new Permissions(world, teams, owners, signInRequired, profile.recordsGrants),
        pageSizes: { maximum: maxResponseItems, usual: Math.min(usualPageSize, maxResponseItems) },
        closed: signInRequired,
      };
      const links = { webUrl, rootUrl: options.rootUrl ?? webUrl };
      const oauth = new OAuthServer({
        rules: giteaOAuthRules(
          profile.words,
          options.invalidatesRefreshTokens ?? profile.invalidatesRefreshTokens,
        ),
        world,
        clock,
        webUrl,
        tokens: {
          issue: ({ client, ...request }) =>
            tokens.issue({ kind: 'oauth', application: client.clientId, ...request }),
          revoke: (value) => tokens.revoke(value),
        },
      });
      const api = new GiteaApi(state, links);
      return {
        parts: { profile: name, version: profile.version, world, tokens, oauth },
        answer: (request) =>
          request.surface === 'api'
            ? api.answer(request)
            : (oauth.answer(request) ?? toBytes(answerWeb({ state, links, oauth }, request))),
        withNextPage: withNextLink,
      };
    },
  });
}
