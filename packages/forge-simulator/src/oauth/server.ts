import type { Clock } from '../http/clock.js';
import type { SimulatedRequest, SimulatedResponse, TextResponse } from '../http/message.js';
import { toBytes } from '../http/message.js';
import type { Person } from '../world/model.js';
import type { World } from '../world/world.js';
import type { Approval } from './approve.js';
import { sendConsent, sendDeviceConsent } from './approve.js';
import { answerAuthorization } from './authorization.js';
import type { NewOAuthClient, OAuthClient } from './clients.js';
import { OAuthClients } from './clients.js';
import { AuthorizationCodes } from './codes.js';
import { ConsentMemory } from './consent-memory.js';
import { answerDevice, answerDeviceVerification } from './device.js';
import { DeviceRequests } from './devices.js';
import type { AccessTokenStore, IssuedTokens, OAuthGrant } from './grants.js';
import { OAuthGrants } from './grants.js';
import { answerRevocation } from './revocation.js';
import type { OAuthRules } from './rules.js';
import type { OAuthState } from './state.js';
import { answerToken } from './token.js';

export interface OAuthServerOptions {
  readonly rules: OAuthRules;
  readonly world: World;
  readonly tokens: AccessTokenStore;
  readonly clock: Clock;
  /** The forge's web address, below which `rules.paths` are for browsers. */
  readonly webUrl: string;
}

type Handler = (state: OAuthState, request: SimulatedRequest) => TextResponse;

/** One forge's authorization server: what applications are registered there, and what people let them do. */
export class OAuthServer {
  readonly #state: OAuthState;
  readonly #handlers: ReadonlyMap<string, Handler>;

  constructor({ rules, world, tokens, clock, webUrl }: OAuthServerOptions) {
    const clients = new OAuthClients(rules.kinds, webUrl);
    this.#state = {
      rules,
      world,
      clock,
      webUrl,
      clients,
      codes: new AuthorizationCodes(rules.authorization, clock, webUrl),
      devices: new DeviceRequests(rules.device, clock, webUrl),
      grants: new OAuthGrants(clients, tokens, rules.rotation, clock),
      memory: new ConsentMemory(webUrl),
    };
    const { paths } = rules;
    const handlers: readonly (readonly [string, string | undefined, Handler])[] = [
      ['GET', paths.authorize, answerAuthorization],
      ['POST', paths.authorize, answerAuthorization],
      ['POST', paths.token, answerToken],
      ['POST', paths.revoke, answerRevocation],
      ['POST', paths.device, answerDevice],
      ['GET', paths.deviceVerification, answerDeviceVerification],
      ['POST', paths.deviceVerification, answerDeviceVerification],
    ];
    this.#handlers = new Map(
      handlers.flatMap(([method, path, handler]) =>
        path === undefined ? [] : [[`${method} ${path}`, handler] as const],
      ),
    );
  }

  /** The forge's answer, where the request is to one of its OAuth endpoints. */
  answer(request: SimulatedRequest): SimulatedResponse | undefined {
    const handler = this.#handlers.get(`${request.method} ${request.path}`);
    return handler === undefined ? undefined : toBytes(handler(this.#state, request));
  }

  /** @throws Error for a kind of application that the forge does not have */
  registerClient(request: NewOAuthClient): OAuthClient {
    return this.#state.clients.register(request);
  }

  client(clientId: string): OAuthClient | undefined {
    return this.#state.clients.find(clientId);
  }

  /** Its tokens end with it. */
  removeClient({ clientId }: Pick<OAuthClient, 'clientId'>): boolean {
    this.#state.grants.revoke(({ client }) => client.clientId === clientId);
    return this.#state.clients.remove(clientId);
  }

  /**
   * Gives a client another secret; the one before is refused from now on. @returns the new one
   * @throws Error for a client that is not registered or public
   */
  rotateSecret({ clientId }: Pick<OAuthClient, 'clientId'>): string {
    return this.#state.clients.rotateSecret(clientId);
  }

  /**
   * Does on the authorization page what a person would, over HTTP. @returns where the browser is sent: the callback,
   * with a code or an error
   * @throws Error with the page's words when the forge shows a page instead
   */
  async approve(authorizationUrl: string, approval: Approval): Promise<string> {
    const location = await sendConsent(authorizationUrl, approval);
    if (location === undefined) throw new Error(`${authorizationUrl} is no authorization page`);
    return location;
  }

  /**
   * Types a device's code on the verification page and decides there, over HTTP.
   * @throws Error with the page's words for a code that the forge does not know
   */
  async approveDevice(userCode: string, approval: Approval): Promise<void> {
    const { webUrl, rules } = this.#state;
    const { deviceVerification } = rules.paths;
    if (deviceVerification === undefined) throw new Error(`${rules.forge} has no device flow`);
    await sendDeviceConsent(webUrl + deviceVerification, userCode, approval);
  }

  /** From now on whoever has let a client in is sent on at once, in the same browser, as forges do that remember it. */
  rememberConsent(): void {
    this.#state.memory.start();
  }

  /** Tokens for a person and a client, without a page. The client's registered scopes when none are given. */
  issue(request: {
    readonly client: OAuthClient;
    readonly person: Person;
    readonly scopes?: readonly string[];
  }): IssuedTokens {
    const { client, person, scopes = client.scopes ?? [] } = request;
    return this.#state.grants.open({ client, person, scopes, via: 'test' }, 'authorization_code');
  }

  /** Everything that was ever granted, in order. */
  get grants(): readonly OAuthGrant[] {
    return this.#state.grants.all;
  }

  grantByAccessToken(value: string): OAuthGrant | undefined {
    return this.#state.grants.byAccessToken(value);
  }

  /** How many times a client's grants were refreshed, refusals not counted. */
  refreshes({ clientId }: Pick<OAuthClient, 'clientId'>): number {
    return this.grants
      .filter(({ client }) => client.clientId === clientId)
      .reduce((sum, grant) => sum + grant.refreshes, 0);
  }

  /** Gives a grant another access token in place of its own. @returns nothing for one that has ended */
  resetAccessToken(grant: OAuthGrant): IssuedTokens | undefined {
    return this.#state.grants.reset(grant);
  }

  /** Ends the grants for which `which` holds, with their tokens. @returns how many */
  revokeGrants(which: (grant: OAuthGrant) => boolean): number {
    return this.#state.grants.revoke(which);
  }
}
