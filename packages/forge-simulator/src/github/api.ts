import type { Clock } from '../http/clock.js';
import type { SimulatedRequest, SimulatedResponse } from '../http/message.js';
import { Router } from '../http/router.js';
import { conditional } from './conditional.js';
import type { CredentialReading } from './credentials.js';
import { readCredential } from './credentials.js';
import type { Answer, Call, Endpoint } from './endpoint.js';
import { apiHeaders, mergeHeaders } from './headers.js';
import type { Limiter, PrimaryBudget, Spender } from './limits.js';
import { Listings } from './listings.js';
import type { GithubProfile } from './profile.js';
import { Refusal, refusals } from './refusal.js';
import { mustBeShowable } from './showable.js';
import { primaryLimit, secondaryLimit } from './limit-refusals.js';
import { applicationEndpoints } from './routes/applications.js';
import { installationEndpoints } from './routes/installations.js';
import { metaEndpoints } from './routes/meta.js';
import { organizationEndpoints } from './routes/organizations.js';
import { repositoryEndpoints } from './routes/repositories.js';
import { userEndpoints } from './routes/user.js';
import type { Token } from './tokens.js';
import { personOf } from './tokens.js';
import type { GithubState } from './viewer.js';
import { Viewer } from './viewer.js';
import type { Links } from './wire/links.js';

export interface GithubApiOptions {
  readonly profile: GithubProfile;
  readonly state: GithubState;
  readonly links: Links;
  readonly clock: Clock;
  /** Absent where limits are off. */
  readonly limiter: Limiter | undefined;
  /** Enterprise Server's private mode: nothing without a credential. `html`: said by what stands in front of it. */
  readonly privateMode: boolean | 'html';
  /** Where the times of tokens' expiry are told from: 'UTC' or '+0500'. */
  readonly expiryOffset: string;
}

const json = 'application/json; charset=utf-8';

/** What is known of a request before its endpoint is asked. */
interface Circumstances {
  readonly request: SimulatedRequest;
  readonly requestId: string;
  /** Absent when the one that was asked for is not supported. */
  readonly apiVersion: string | undefined;
  readonly reading: CredentialReading;
  readonly token: Token | undefined;
  readonly spender: Spender;
  readonly endpoint: Endpoint | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** GitHub's REST API over a world. */
export class GithubApi {
  readonly #router: Router<Endpoint>;
  readonly #listings = new Listings();
  readonly #crowded = new WeakSet<SimulatedRequest>();
  #requests = 0;
  #shown: number | undefined;

  constructor(readonly options: GithubApiOptions) {
    const endpoints = [
      ...userEndpoints,
      ...installationEndpoints,
      ...applicationEndpoints,
      ...organizationEndpoints,
      ...repositoryEndpoints,
      ...metaEndpoints,
    ];
    this.#router = new Router(
      endpoints.map((endpoint) => ({ method: endpoint.method, pattern: endpoint.pattern, target: endpoint })),
    );
  }

  /** Counts a request among those running at once. @returns what to call at its end */
  admit(request: SimulatedRequest): () => void {
    const { limiter } = this.options;
    if (limiter === undefined) return () => undefined;
    const { crowded, leave } = limiter.enter(spenderOf(request, this.#read(request)));
    if (crowded) this.#crowded.add(request);
    return leave;
  }

  /** @throws Error when the world has become one that GitHub cannot show */
  answer(request: SimulatedRequest): SimulatedResponse {
    this.#checkWorld();
    if ((request.headers.get('user-agent') ?? '') === '') return withoutUserAgent;
    const circumstances = this.#circumstances(request);
    if (this.options.privateMode === 'html' && !circumstances.reading.given) return signInFirst;
    try {
      const response = this.#render(circumstances, this.#ask(circumstances));
      return this.#charge(circumstances, response);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const response = this.#renderRefusal(circumstances, error);
      if (error.extra.plain !== true) return this.#charge(circumstances, response);
      const headers = this.#headers({ ...circumstances, apiVersion: undefined }, undefined);
      return { ...response, headers: mergeHeaders(headers, response.headers) };
    }
  }

  #checkWorld(): void {
    const { world } = this.options.state;
    if (world.revision === this.#shown) return;
    mustBeShowable(world);
    this.#shown = world.revision;
  }

  #circumstances(request: SimulatedRequest): Circumstances {
    this.#requests += 1;
    const reading = this.#read(request);
    const match = this.#router.match(request.method, request.path);
    return {
      request,
      requestId: requestId(this.#requests),
      apiVersion: this.#version(request, match?.target, reading),
      reading,
      token: reading.token,
      spender: spenderOf(request, reading),
      endpoint: match?.target,
      parameters: match?.parameters ?? {},
    };
  }

  #read(request: SimulatedRequest): CredentialReading {
    return readCredential(request, this.options.state);
  }

  /** To whoever comes without a credential, /rate_limit answers whatever version is asked for. */
  #version(
    request: SimulatedRequest,
    endpoint: Endpoint | undefined,
    { given }: CredentialReading,
  ): string | undefined {
    const { apiVersions, defaultApiVersion } = this.options.profile;
    const asked = request.headers.get('x-github-api-version') ?? defaultApiVersion;
    if (apiVersions.includes(asked)) return asked;
    return endpoint?.free === true && !given ? defaultApiVersion : undefined;
  }

  /** @throws Refusal */
  #ask(circumstances: Circumstances): Answer {
    const { request, reading, token, endpoint, parameters, apiVersion } = circumstances;
    const { profile, state, links } = this.options;
    if (reading.given && token === undefined && reading.client === undefined) throw refusals.badCredentials();
    if (this.options.privateMode !== false && token === undefined && reading.client === undefined)
      throw refusals.privateMode();
    if (apiVersion === undefined)
      throw refusals.unsupportedVersion(
        request.headers.get('x-github-api-version') ?? '',
        profile.apiVersions,
      );
    if (endpoint === undefined) throw refusals.unrouted();
    this.#checkLimits(circumstances);
    if (personOf(token)?.suspended === true) throw refusals.suspended();
    const call: Call = {
      request,
      parameters,
      client: reading.client,
      viewer: new Viewer(state, token, request.remoteAddress),
      state,
      listings: this.#listings,
      links,
      profile,
      apiVersion,
      budget: this.#budget(circumstances),
    };
    return endpoint.handle(call);
  }

  #checkLimits({ request, requestId: id, spender, endpoint }: Circumstances): void {
    const { limiter, clock } = this.options;
    if (limiter === undefined) return;
    const now = clock.now();
    if (this.#crowded.has(request)) throw secondaryLimit({ now, requestId: id });
    const waitSeconds = limiter.takePoints(spender, request.method);
    if (waitSeconds !== undefined)
      throw secondaryLimit({ now, requestId: id, retryAfterSeconds: waitSeconds });
    if (endpoint?.free !== true && limiter.budget(spender).remaining === 0)
      throw primaryLimit({ now, requestId: id, spender });
  }

  #budget({ spender }: Circumstances): PrimaryBudget | undefined {
    return this.options.limiter?.budget(spender);
  }

  /** Takes the request from the hourly budget and says what is left. A 304 to a good credential is free. */
  #charge(circumstances: Circumstances, response: SimulatedResponse): SimulatedResponse {
    const { limiter } = this.options;
    const { spender, endpoint, token } = circumstances;
    const free = endpoint?.free === true || (response.status === 304 && token !== undefined);
    if (limiter !== undefined && !free && limiter.budget(spender).remaining > 0) limiter.takeRequest(spender);
    const headers = this.#headers(circumstances, limiter?.budget(spender));
    return { ...response, headers: mergeHeaders(headers, response.headers) };
  }

  #headers(
    { requestId: id, apiVersion, token, endpoint }: Circumstances,
    budget: PrimaryBudget | undefined,
  ): Record<string, string> {
    const { profile, clock, expiryOffset } = this.options;
    return apiHeaders({
      now: clock.now(),
      requestId: id,
      profile,
      apiVersion,
      token,
      budget,
      acceptedScopes: endpoint?.acceptedScopes ?? '',
      acceptedPermissions: endpoint?.acceptedPermissions ?? '',
      expiryOffset,
    });
  }

  #render(
    { request, token }: Circumstances,
    { status = 200, body, contentType = json, headers = {}, lastModified }: Answer,
  ): SimulatedResponse {
    const response: SimulatedResponse = {
      status,
      headers: {
        ...(status === 204 ? {} : { 'content-type': contentType }),
        ...(lastModified === undefined ? {} : { 'last-modified': lastModified.toUTCString() }),
        ...headers,
      },
      body: Buffer.from(body),
    };
    return conditional(request, response, token?.value ?? '');
  }

  #renderRefusal({ endpoint }: Circumstances, { status, message, extra }: Refusal): SimulatedResponse {
    const { docsUrl } = this.options.profile;
    const ownPage = endpoint === undefined || status === 401 ? docsUrl : `${docsUrl}/${endpoint.docs}`;
    return {
      status,
      headers: { 'content-type': json, ...extra.headers },
      body: Buffer.from(
        JSON.stringify({
          message,
          ...extra.fields,
          documentation_url: extra.documentationUrl ?? ownPage,
          // GitHub's description of what is invalid has no status, unlike that of other errors.
          ...(status < 400 || status === 422 ? {} : { status: String(status) }),
        }),
      ),
    };
  }
}

/** What stands in front of GitHub answers this before GitHub itself sees the request. */
const withoutUserAgent: SimulatedResponse = {
  status: 403,
  headers: { 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8', connection: 'close' },
  body: Buffer.from(
    '\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent header ' +
      '(https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). ' +
      'Check https://developer.github.com for other possible causes.\r\n',
  ),
};

/** As an Enterprise Server in private mode whose web server asks first. */
const signInFirst: SimulatedResponse = {
  status: 401,
  headers: { 'content-type': 'text/html; charset=utf-8', 'www-authenticate': 'Basic realm="GitHub"' },
  body: Buffer.from('<!DOCTYPE html>\n<html><head><title>401 Authorization Required</title></head></html>\n'),
};

function spenderOf(request: SimulatedRequest, { token, client }: CredentialReading): Spender {
  if (token === undefined && client !== undefined)
    return { key: `client:${client.clientId}`, anonymous: false, name: `client ID ${client.clientId}` };
  if (token === undefined)
    return { key: `address:${request.remoteAddress}`, anonymous: true, name: request.remoteAddress };
  if (token.kind === 'installation') {
    const { id } = token.installation;
    return { key: `installation:${id}`, anonymous: false, name: `installation ID ${id}` };
  }
  return { key: `person:${token.person.id}`, anonymous: false, name: `user ID ${token.person.id}` };
}

/** As GitHub's look: 'C191:BE117:5CF78F:6D4AD9:6A48B70A'. */
function requestId(count: number): string {
  const part = (length: number, factor: number): string =>
    ((count * factor) >>> 0).toString(16).toUpperCase().padStart(8, '0').slice(-length);
  return [part(4, 40503), part(5, 2654435), part(6, 26544357), part(6, 97531), part(8, 1597334677)].join(':');
}
