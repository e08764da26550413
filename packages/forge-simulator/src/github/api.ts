import type { Clock } from '../http/clock.js';
import type { SimulatedRequest, SimulatedResponse } from '../http/message.js';
import { Router } from '../http/router.js';
import { conditional } from './conditional.js';
import type { CredentialReading } from './credentials.js';
import { readCredential } from './credentials.js';
import type { Answer, Call, Endpoint } from './endpoint.js';
import { apiHeaders } from './headers.js';
import type { Limiter, PrimaryBudget, Spender } from './limits.js';
import { Listings } from './listings.js';
import type { GithubProfile } from './profile.js';
import { Refusal, refusals } from './refusal.js';
import { primaryLimit, secondaryLimit } from './limit-refusals.js';
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
  /** Enterprise Server's private mode: nothing without a credential. */
  readonly privateMode: boolean;
}

const json = 'application/json; charset=utf-8';

/** What is known of a request before its endpoint is asked. */
interface Circumstances {
  readonly request: SimulatedRequest;
  readonly requestId: string;
  readonly apiVersion: string;
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

  constructor(readonly options: GithubApiOptions) {
    const endpoints = [
      ...userEndpoints,
      ...installationEndpoints,
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
    const { crowded, leave } = limiter.enter(spenderOf(request, this.#read(request).token));
    if (crowded) this.#crowded.add(request);
    return leave;
  }

  answer(request: SimulatedRequest): SimulatedResponse {
    if ((request.headers.get('user-agent') ?? '') === '') return withoutUserAgent;
    const circumstances = this.#circumstances(request);
    try {
      const response = this.#render(circumstances, this.#ask(circumstances));
      return this.#charge(circumstances, response);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.#charge(circumstances, this.#renderRefusal(circumstances, error));
    }
  }

  #circumstances(request: SimulatedRequest): Circumstances {
    this.#requests += 1;
    const reading = this.#read(request);
    const match = this.#router.match(request.method, request.path);
    return {
      request,
      requestId: requestId(this.#requests),
      apiVersion: request.headers.get('x-github-api-version') ?? this.options.profile.defaultApiVersion,
      reading,
      token: reading.token,
      spender: spenderOf(request, reading.token),
      endpoint: match?.target,
      parameters: match?.parameters ?? {},
    };
  }

  #read(request: SimulatedRequest): CredentialReading {
    return readCredential(
      request.headers.get('authorization'),
      this.options.state.tokens,
      this.options.clock.now(),
    );
  }

  /** @throws Refusal */
  #ask(circumstances: Circumstances): Answer {
    const { request, reading, token, endpoint, parameters, apiVersion } = circumstances;
    const { profile, state, links } = this.options;
    if (reading.given && token === undefined) throw refusals.badCredentials();
    if (this.options.privateMode && token === undefined) throw refusals.privateMode();
    this.#checkLimits(circumstances);
    if (personOf(token)?.suspended === true) throw refusals.suspended();
    if (!profile.apiVersions.includes(apiVersion))
      throw refusals.unsupportedVersion(apiVersion, profile.apiVersions);
    if (endpoint === undefined) throw refusals.notFound();
    const call: Call = {
      request,
      parameters,
      viewer: new Viewer(state, token),
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
    const { spender, endpoint, reading, token } = circumstances;
    const free =
      endpoint?.free === true ||
      (response.status === 304 && token !== undefined) ||
      (reading.given && token === undefined);
    if (limiter !== undefined && !free && limiter.budget(spender).remaining > 0) limiter.takeRequest(spender);
    return { ...response, headers: { ...this.#headers(circumstances), ...response.headers } };
  }

  #headers({ requestId: id, apiVersion, token, endpoint, ...rest }: Circumstances): Record<string, string> {
    const { profile, clock } = this.options;
    return apiHeaders({
      now: clock.now(),
      requestId: id,
      profile,
      apiVersion: profile.apiVersions.includes(apiVersion) ? apiVersion : profile.defaultApiVersion,
      token,
      budget: this.options.limiter?.budget(rest.spender),
      acceptedScopes: endpoint?.acceptedScopes ?? '',
      acceptedPermissions: endpoint?.acceptedPermissions ?? '',
    });
  }

  #render(
    { request, token }: Circumstances,
    { body, contentType = json, headers = {}, lastModified }: Answer,
  ): SimulatedResponse {
    const response: SimulatedResponse = {
      status: 200,
      headers: {
        'content-type': contentType,
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
          ...(status < 400 ? {} : { status: String(status) }),
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

function spenderOf(request: SimulatedRequest, token: Token | undefined): Spender {
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
