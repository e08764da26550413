import { createHash } from 'node:crypto';
import type { Clock } from '../http/clock.js';
import type { SimulatedRequest, SimulatedResponse } from '../http/message.js';
import type { RouteMatch } from '../http/router.js';
import { Router } from '../http/router.js';
import type { World } from '../world/world.js';
import type { CredentialReading } from './credentials.js';
import { readCredential } from './credentials.js';
import type { Call, Endpoint } from './endpoint.js';
import { apiHeaders } from './headers.js';
import { Keep } from './keep.js';
import type { Limiter } from './limits.js';
import type { PagingHabits } from './paging.js';
import { partialResponse } from './partial-response.js';
import { Refusal, refusals } from './refusal.js';
import { removedEndpoints } from './routes/removed.js';
import { repositoryEndpoints } from './routes/repositories.js';
import { userEndpoints } from './routes/user.js';
import { workspaceEndpoints } from './routes/workspaces.js';
import { covers } from './scopes.js';
import { mustBeShowable } from './showable.js';
import type { BitbucketCloudToken, BitbucketCloudTokens } from './tokens.js';
import { scopesOf } from './tokens.js';
import { Viewer } from './viewer.js';
import type { Links } from './wire/links.js';

export interface BitbucketCloudApiOptions {
  readonly world: World;
  readonly tokens: BitbucketCloudTokens;
  readonly links: Links;
  readonly clock: Clock;
  /** Absent where limits are off. */
  readonly limiter: Limiter | undefined;
  readonly paging: PagingHabits;
  /** Whether headers tell the scopes of API tokens, as they tell those of all others. */
  readonly tellsApiTokenScopes: boolean;
}

interface Circumstances {
  readonly request: SimulatedRequest;
  readonly reading: CredentialReading;
  readonly token: BitbucketCloudToken | undefined;
  readonly match: RouteMatch<Endpoint> | undefined;
  readonly limitHeaders: Readonly<Record<string, string>>;
}

const json = 'application/json; charset=utf-8';

/** Bitbucket Cloud's REST API over a world. */
export class BitbucketCloudApi {
  readonly #router: Router<Endpoint>;
  readonly #kept: Call['kept'];
  #requests = 0;
  #shown: number | undefined;

  constructor(readonly options: BitbucketCloudApiOptions) {
    const endpoints = [...removedEndpoints, ...userEndpoints, ...workspaceEndpoints, ...repositoryEndpoints];
    this.#router = new Router(
      endpoints.map((endpoint) => ({ method: 'GET', pattern: endpoint.pattern, target: endpoint })),
    );
    const { world } = options;
    this.#kept = { reach: new Keep(world), repositories: new Keep(world), permissions: new Keep(world) };
  }

  /** @throws Error when the world has become one that Bitbucket cannot show */
  answer(request: SimulatedRequest): SimulatedResponse {
    this.#checkWorld();
    const { tokens, limiter } = this.options;
    const reading = readCredential(request, tokens);
    const token = reading.kind === 'token' ? reading.token : undefined;
    const { allowed, headers: limitHeaders } =
      reading.kind === 'refused' || limiter === undefined
        ? { allowed: true, headers: {} }
        : limiter.take(request, token);
    const match = this.#router.match(request.method, request.path);
    const circumstances: Circumstances = { request, reading, token, match, limitHeaders };
    try {
      if (!allowed) throw refusals.rateLimited();
      return this.#render(circumstances, this.#ask(circumstances));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.#renderRefusal(circumstances, error);
    }
  }

  #checkWorld(): void {
    const { world } = this.options;
    if (world.revision === this.#shown) return;
    mustBeShowable(world);
    this.#shown = world.revision;
  }

  /** @throws Refusal */
  #ask({ request, reading, token, match }: Circumstances): object {
    const { world, links, paging } = this.options;
    if (match === undefined) throw refusals.unrouted();
    if (reading.kind === 'refused') throw reading.refusal;
    mustBeAllowed(match.target, token);
    return match.target.handle({
      request,
      parameters: match.parameters,
      viewer: new Viewer(world, token),
      world,
      links,
      paging,
      kept: this.#kept,
    });
  }

  #render(circumstances: Circumstances, body: object): SimulatedResponse {
    const { request } = circumstances;
    const fields = request.query.get('fields');
    const bytes = Buffer.from(JSON.stringify(fields === null ? body : partialResponse(body, fields)));
    const headers = { ...this.#headers(circumstances), 'content-type': json };
    // Listings have no validator.
    if ('values' in body) return { status: 200, headers, body: bytes };
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    if (request.headers.get('if-none-match') === etag)
      return { status: 304, headers: { ...this.#headers(circumstances), etag }, body: Buffer.alloc(0) };
    return { status: 200, headers: { ...headers, etag }, body: bytes };
  }

  #renderRefusal(circumstances: Circumstances, { status, message, extra }: Refusal): SimulatedResponse {
    const type = { text: 'text/plain', empty: 'text/html; charset=utf-8' };
    const text = { text: message, empty: '' };
    const said = { type: 'error', error: { message, ...extra.fields }, ...extra.beside };
    return {
      status,
      headers: {
        ...this.#headers(circumstances),
        'content-type': extra.plain === undefined ? json : type[extra.plain],
        ...extra.headers,
      },
      body: Buffer.from(extra.plain === undefined ? JSON.stringify(said) : text[extra.plain]),
    };
  }

  #headers({ token, match, limitHeaders }: Circumstances): Record<string, string> {
    const { clock, tellsApiTokenScopes } = this.options;
    this.#requests += 1;
    return apiHeaders({
      now: clock.now(),
      count: this.#requests,
      token,
      needed: match?.target.scopes,
      tellsApiTokenScopes,
      limitHeaders,
    });
  }
}

function mustBeAllowed({ asks, scopes }: Endpoint, token: BitbucketCloudToken | undefined): void {
  if (token === undefined) {
    if (asks !== 'anybody') throw refusals.signIn();
    return;
  }
  const granted = scopesOf(token);
  const needed = token.kind === 'api' ? scopes.api : scopes.oauth;
  if (!covers(granted, needed)) throw refusals.missingScopes(needed, granted);
  if (asks === 'person' && token.kind === 'access') throw refusals.notForAccessTokens();
}
