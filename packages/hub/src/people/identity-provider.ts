import type { ClientAuth, Configuration } from 'openid-client';
import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';
import { HubError } from '../errors.js';

export interface IdentityProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent: a public client, which PKCE protects. */
  readonly clientSecret?: string | undefined;
  readonly fetch: typeof globalThis.fetch;
}

const timeoutSeconds = 10;
const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Who tells us who people are. It is asked for its addresses when it is first needed, and again when that failed. */
export class IdentityProvider {
  readonly #options: IdentityProviderOptions;
  readonly #issuer: URL;
  #configuration: Promise<Configuration> | undefined;

  constructor(options: IdentityProviderOptions) {
    this.#options = options;
    this.#issuer = new URL(options.issuer);
  }

  configuration(): Promise<Configuration> {
    this.#configuration ??= this.#discover().catch((error: unknown) => {
      this.#configuration = undefined;
      throw error;
    });
    return this.#configuration;
  }

  /** @throws HubError `single_sign_on_unavailable` for a page that no browser should be sent to. */
  checkAddress({ protocol }: URL): void {
    if (protocol === 'https:' || (protocol === 'http:' && this.#isLoopback())) return;
    throw new HubError(
      'single_sign_on_unavailable',
      'The identity provider names a sign-in page without https.',
    );
  }

  #discover(): Promise<Configuration> {
    const { clientId, clientSecret, fetch } = this.#options;
    const authentication = clientSecret === undefined ? None() : withSecret(clientSecret);
    return discovery(this.#issuer, clientId, undefined, authentication, {
      timeout: timeoutSeconds,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated only to make it stand out
      execute: [enableNonRepudiationChecks, ...(this.#isLoopback() ? [allowInsecureRequests] : [])],
      [customFetch]: (url, { method, headers, body, signal, redirect }) =>
        fetch(url, { method, headers, body: body ?? null, redirect, signal: signal ?? null }),
    });
  }

  #isLoopback(): boolean {
    return loopbackHosts.has(this.#issuer.hostname);
  }
}

/** In the way that the provider takes; in the header where it does not say. */
function withSecret(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authenticate = methods.includes('client_secret_basic') ? basic : post;
    authenticate(server, client, body, headers);
  };
}
