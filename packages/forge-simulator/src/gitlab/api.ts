import type { Clock } from '../http/clock.js';
import type { SimulatedRequest, SimulatedResponse } from '../http/message.js';
import { toBytes } from '../http/message.js';
import { Router } from '../http/router.js';
import { conditional } from './conditional.js';
import type { CredentialReading } from './credentials.js';
import { readCredential } from './credentials.js';
import type { Answer, Endpoint } from './endpoint.js';
import { apiHeaders, requestId } from './headers.js';
import { endpointLimit, throttled } from './limit-refusals.js';
import type { Limiter } from './limits.js';
import { Listings } from './listings.js';
import { Parameters } from './parameters.js';
import type { GitlabProfile } from './profile.js';
import { Refusal, refusals, renderRefusal } from './refusal.js';
import { groupEndpoints } from './routes/groups.js';
import { memberEndpoints } from './routes/members.js';
import { metaEndpoints } from './routes/meta.js';
import { projectEndpoints } from './routes/projects.js';
import { userEndpoints } from './routes/user.js';
import { mustBeShowable } from './showable.js';
import type { GitlabToken } from './tokens.js';
import { isAccepted } from './tokens.js';
import type { GitlabState } from './viewer.js';
import { Viewer } from './viewer.js';
import type { Links } from './wire/links.js';

export interface GitlabApiOptions {
  readonly profile: GitlabProfile;
  readonly state: GitlabState;
  readonly links: Links;
  readonly clock: Clock;
  /** Absent where limits are off. */
  readonly limiter: Limiter | undefined;
}

/** GitLab's REST API over a world. */
export class GitlabApi {
  readonly #router: Router<Endpoint>;
  readonly #listings: Listings;
  #requests = 0;
  #shown: number | undefined;

  constructor(readonly options: GitlabApiOptions) {
    const endpoints = [
      ...userEndpoints,
      ...projectEndpoints,
      ...memberEndpoints,
      ...groupEndpoints,
      ...metaEndpoints,
    ];
    this.#router = new Router(
      endpoints.map((endpoint) => ({ method: endpoint.method, pattern: endpoint.pattern, target: endpoint })),
    );
    this.#listings = new Listings(options.state.world);
  }

  /** @throws Error when the world has become one that GitLab cannot show */
  answer(request: SimulatedRequest): SimulatedResponse {
    this.#checkWorld();
    this.#requests += 1;
    const headers = apiHeaders(this.options.clock.now(), requestId(this.#requests));
    try {
      const { body, headers: own } = this.#ask(request);
      const response = { status: 200, headers: { ...headers, ...own }, body: Buffer.from(body) };
      return conditional(request, response);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const response = toBytes(renderRefusal(error));
      return { ...response, headers: { ...headers, ...response.headers } };
    }
  }

  #checkWorld(): void {
    const { world } = this.options.state;
    if (world.revision === this.#shown) return;
    mustBeShowable(world);
    this.#shown = world.revision;
  }

  /** @throws Refusal */
  #ask(request: SimulatedRequest): Answer {
    const { state, links, profile } = this.options;
    const reading = readCredential(request, state.tokens);
    const known = reading.found?.state === 'good' ? reading.found.token : undefined;
    const spender = known === undefined ? request.remoteAddress : `person:${known.person.id}`;
    this.#checkThrottle(known, spender);
    const match = this.#router.match(request.method, request.path);
    if (match === undefined) throw refusals.unrouted();
    const { target: endpoint, parameters: path } = match;
    const token = authenticate(endpoint, reading);
    this.#checkEndpointLimit(endpoint, spender);
    return endpoint.handle({
      request,
      path,
      parameters: new Parameters(request.query),
      viewer: new Viewer(state, token),
      state,
      listings: this.#listings,
      links,
      profile,
    });
  }

  #checkThrottle(token: GitlabToken | undefined, spender: string): void {
    const excess = this.options.limiter?.take(token === undefined ? 'anonymous' : 'authenticated', spender);
    if (excess !== undefined)
      throw throttled(
        token === undefined ? 'throttle_unauthenticated_api' : 'throttle_authenticated_api',
        excess,
      );
  }

  #checkEndpointLimit({ limit }: Endpoint, spender: string): void {
    const { limiter } = this.options;
    if (limiter === undefined || limit === undefined) return;
    const excess = limiter.take(limit, spender);
    if (excess !== undefined) throw endpointLimit(excess, limiter.limits.endpointsTellWhen);
  }
}

/** The token that an endpoint may be asked with; none where it answers without. @throws Refusal */
function authenticate(
  { scopes = [], open = false }: Endpoint,
  { given, found }: CredentialReading,
): GitlabToken | undefined {
  if (!given && open) return undefined;
  if (found === undefined) throw refusals.unauthorized();
  const { token, state } = found;
  if (state === 'revoked') throw refusals.revoked();
  if (state === 'expired') throw refusals.expired();
  if (scopes !== 'any') {
    const accepted = [...scopes, 'api', 'read_api'];
    if (!isAccepted(token, accepted)) throw refusals.insufficientScope(accepted);
  }
  if (token.person.suspended) throw refusals.blocked();
  return token;
}
