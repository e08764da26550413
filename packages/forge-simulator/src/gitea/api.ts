import type { SimulatedRequest, SimulatedResponse } from '../http/message.js';
import { toBytes } from '../http/message.js';
import { Router } from '../http/router.js';
import type { CredentialReading } from './credentials.js';
import { queryToken, readCredential } from './credentials.js';
import type { Answer, Endpoint } from './endpoint.js';
import { Listings } from './listings.js';
import { Refusal, refusals, renderRefusal } from './refusal.js';
import { holderEndpoints } from './routes/holders.js';
import { metaEndpoints } from './routes/meta.js';
import { organizationEndpoints } from './routes/organizations.js';
import { repositoryEndpoints } from './routes/repositories.js';
import { userEndpoints } from './routes/user.js';
import { mayRead } from './scopes.js';
import { mustBeShowable } from './showable.js';
import type { GiteaState } from './state.js';
import { Viewer } from './viewer.js';
import type { Links } from './wire/links.js';

/** Gitea's REST API over a world. */
export class GiteaApi {
  readonly #router: Router<Endpoint>;
  readonly #listings: Listings;
  #shown: number | undefined;

  constructor(
    readonly state: GiteaState,
    readonly links: Links,
  ) {
    // A search has the form of a repository's address, and comes before it.
    const endpoints = [
      ...metaEndpoints,
      ...userEndpoints,
      ...repositoryEndpoints,
      ...organizationEndpoints,
      ...holderEndpoints,
    ];
    this.#router = new Router(
      endpoints.map((endpoint) => ({ method: 'GET', pattern: endpoint.pattern, target: endpoint })),
    );
    this.#listings = new Listings(state.world);
  }

  /** @throws Error when the world has become one that Gitea cannot show */
  answer(request: SimulatedRequest): SimulatedResponse {
    this.#checkWorld();
    const common = commonHeaders(request);
    try {
      const { status = 200, body, headers } = this.#ask(request);
      const type = body === undefined ? {} : { 'content-type': 'application/json;charset=utf-8' };
      const text = body === undefined ? '' : `${body}\n`;
      return toBytes({ status, headers: { ...common, ...type, ...headers }, body: text });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const refusal = renderRefusal(error, this.state.profile.words, this.links.rootUrl);
      return toBytes({ ...refusal, headers: { ...common, ...refusal.headers } });
    }
  }

  #checkWorld(): void {
    const { world } = this.state;
    if (world.revision === this.#shown) return;
    mustBeShowable(world);
    this.#shown = world.revision;
  }

  /** @throws Refusal */
  #ask(request: SimulatedRequest): Answer {
    const { state, links } = this;
    const match = this.#router.match('GET', request.path);
    if (match === undefined) throw refusals.unrouted();
    if (request.method !== 'GET') throw refusals.otherMethod();
    const { target: endpoint, parameters: path } = match;
    const viewer = this.#admit(endpoint, readCredential(request, state.tokens, state.world));
    return endpoint.handle({ request, path, viewer, state, listings: this.#listings, links });
  }

  /** Who asks, where they may. @throws Refusal */
  #admit({ scopes, furtherScopes = [], signIn }: Endpoint, reading: CredentialReading): Viewer {
    const { state } = this;
    if (reading.kind === 'refused')
      throw refusals.badCredential(state.profile.words.badCredential(reading.given));
    const person = reading.kind === 'none' ? undefined : reading.person;
    if (person?.suspended === true) throw refusals.prohibited();
    if (person === undefined && state.closed) throw refusals.needsSignIn();
    const granted = reading.kind === 'token' ? reading.token.scopes : undefined;
    for (const wanted of [scopes, furtherScopes])
      if (granted !== undefined && !mayRead(granted, wanted))
        throw refusals.lacksScope(wanted, granted, state.profile.namesScopes);
    if (signIn === 'needed' && person === undefined) throw refusals.needsToken();
    return new Viewer(state, person, granted);
  }
}

function commonHeaders({ query }: SimulatedRequest): Readonly<Record<string, string>> {
  return {
    'cache-control': 'max-age=0, private, must-revalidate, no-transform',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    ...(queryToken(query) === undefined
      ? {}
      : { 'x-gitea-warning': 'token and access_token API authentication is deprecated' }),
  };
}
