import type { SimulatedRequest, SimulatedResponse } from '../http/message.js';
import { Router } from '../http/router.js';
import type { Person } from '../world/model.js';
import type { World } from '../world/world.js';
import type { CaptchaLock } from './captcha.js';
import type { CredentialReading } from './credentials.js';
import { readCredential } from './credentials.js';
import type { Endpoint, PageCaps } from './endpoint.js';
import type { TokenBuckets } from './limits.js';
import { Listings } from './listings.js';
import type { StartCounting } from './paging.js';
import { Refusal, refusals, Unrouted } from './refusal.js';
import { Moved } from './routes/moved.js';
import { metaEndpoints } from './routes/meta.js';
import { permissionEndpoints } from './routes/permissions.js';
import { projectEndpoints } from './routes/projects.js';
import { repositoryEndpoints } from './routes/repositories.js';
import { userEndpoints } from './routes/users.js';
import { mustBeShowable } from './showable.js';
import type { BitbucketTokens } from './tokens.js';
import type { BitbucketVersion } from './version.js';
import { Viewer } from './viewer.js';
import type { Links } from './wire/links.js';

/** What a bearer token that is not a good one is taken for. */
export type UnrecognizedTokens = 'anonymous' | 'refused';

export interface BitbucketDataCenterApiOptions {
  readonly world: World;
  readonly tokens: BitbucketTokens;
  readonly captcha: CaptchaLock;
  readonly links: Links;
  readonly version: BitbucketVersion;
  readonly pageCaps: PageCaps;
  readonly starts: StartCounting;
  readonly oldPaths: 'redirect' | 'not-found';
  readonly unrecognizedTokens: UnrecognizedTokens;
  readonly isLicensed: (person: Person) => boolean;
  /** Absent where limits are off. */
  readonly limiter: TokenBuckets | undefined;
}

/** Bitbucket Data Center's REST API over a world. */
export class BitbucketDataCenterApi {
  readonly #router: Router<Endpoint>;
  readonly #listings: Listings;
  #requests = 0;
  #shown: number | undefined;

  constructor(readonly options: BitbucketDataCenterApiOptions) {
    const endpoints = [
      ...metaEndpoints,
      ...projectEndpoints,
      ...permissionEndpoints,
      ...repositoryEndpoints,
      ...userEndpoints,
    ];
    this.#listings = new Listings(options.world, options.starts);
    this.#router = new Router(
      endpoints.map((endpoint) => ({ method: endpoint.method, pattern: endpoint.pattern, target: endpoint })),
    );
  }

  /** @throws Error when the world has become one that Bitbucket cannot show */
  answer(request: SimulatedRequest): SimulatedResponse {
    this.#checkWorld();
    this.#requests += 1;
    const reading = readCredential(request.headers.get('authorization'), this.options.tokens);
    const viewer = new Viewer(this.options.world, reading.kind === 'accepted' ? reading.token : undefined);
    const limited = this.options.limiter?.take(String(viewer.user?.id ?? request.remoteAddress));
    const common = { ...this.#headers(viewer), ...limited?.headers };
    try {
      if (limited?.allowed === false) throw refusals.tooMany({});
      this.#checkCredential(reading);
      return respond(200, this.#ask(request, viewer), common);
    } catch (error) {
      return refuse(error, common);
    }
  }

  #checkWorld(): void {
    const { world } = this.options;
    if (world.revision === this.#shown) return;
    mustBeShowable(world);
    this.#shown = world.revision;
  }

  /** @throws Refusal for what is wrong, and for whoever has been wrong too often */
  #checkCredential(reading: CredentialReading): void {
    const { captcha, links, unrecognizedTokens } = this.options;
    if (reading.kind === 'unrecognized' && unrecognizedTokens === 'refused') throw refusals.badCredentials();
    if (reading.kind !== 'wrong-password') return;
    if (captcha.isLocked(reading.username)) throw refusals.captchaRequired(links.webUrl);
    captcha.failed(reading.username);
    throw refusals.badCredentials();
  }

  #ask(request: SimulatedRequest, viewer: Viewer): string {
    const { world, links, version, pageCaps, oldPaths, isLicensed } = this.options;
    const match = this.#router.match(request.method, request.path);
    if (match === undefined) throw new Unrouted();
    const { target, parameters } = match;
    const listings = this.#listings;
    return target.handle({
      request,
      parameters,
      viewer,
      world,
      listings,
      links,
      version,
      pageCaps,
      oldPaths,
      isLicensed,
    });
  }

  /** Who a request was from is told with every answer, and not at all to nobody. */
  #headers({ user }: Viewer): Record<string, string> {
    return {
      'x-arequestid': `@SIM0x0x${this.#requests}x0`,
      ...(user === undefined
        ? {}
        : { 'x-auserid': String(user.id), 'x-ausername': encodeURIComponent(user.username) }),
      'cache-control': 'private, no-cache, no-transform',
      vary: 'X-AUSERNAME,X-AUSERID,Cookie,Accept-Encoding',
    };
  }
}

function refuse(error: unknown, common: Readonly<Record<string, string>>): SimulatedResponse {
  if (error instanceof Moved) return respond(301, '', { ...common, location: error.location });
  if (error instanceof Unrouted)
    return respond(404, '{"message":"HTTP 404 Not Found","status-code":404,"sub-code":-1}', common);
  if (!(error instanceof Refusal)) throw error;
  const { status, message, exceptionName, headers } = error;
  const body = JSON.stringify({ errors: [{ context: null, message, exceptionName }] });
  return respond(status, body, { ...common, ...headers });
}

function respond(status: number, body: string, headers: Readonly<Record<string, string>>): SimulatedResponse {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json;charset=UTF-8' },
    body: Buffer.from(body),
  };
}
