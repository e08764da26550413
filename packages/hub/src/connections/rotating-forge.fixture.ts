import type {
  CallOptions,
  CredentialSource,
  GitProvider,
  GitSession,
  OAuthCredential,
  OAuthFlow,
  ProviderErrorDetails,
  ProviderPlugin,
} from '@anyforge/core';
import { paged, ProviderError } from '@anyforge/core';
import type { TestClock } from '../testing/test-clock.js';
import { FakeForge } from '../testing/fake-forge.js';

const lifetimeMs = 7_200_000;

/** A forge that ends both tokens of a pair as soon as it has answered with the next, as the strictest one does. */
export class RotatingForge {
  readonly plugin: ProviderPlugin;
  /** The refresh tokens that came, in order. */
  readonly refreshed: string[] = [];
  /** The access tokens that were ended, in order. */
  readonly revoked: string[] = [];
  /** Runs when a refresh has arrived, before the forge acts on it. */
  before: () => Promise<void> | void = () => undefined;
  /** Runs when the forge has acted, before the answer leaves. */
  after: () => Promise<void> | void = () => undefined;
  /** Whether the git provider has an OAuth application. */
  hasApplication = true;
  readonly #clock: TestClock;
  #serial = 0;
  #live: OAuthCredential | undefined;

  constructor(clock: TestClock) {
    this.#clock = clock;
    const { plugin } = new FakeForge();
    this.plugin = { ...plugin, create: (config, context) => this.#provider(plugin.create(config, context)) };
  }

  issue(): OAuthCredential {
    this.#serial += 1;
    this.#live = {
      kind: 'oauth',
      accessToken: `access-${String(this.#serial)}`,
      refreshToken: `refresh-${String(this.#serial)}`,
      expiresAt: new Date(this.#clock.now().getTime() + lifetimeMs),
    };
    return this.#live;
  }

  revoke(): void {
    this.#live = undefined;
  }

  error(kind: ProviderError['kind'], details: Partial<ProviderErrorDetails> = {}): ProviderError {
    return new ProviderError(kind, 'refused', { provider: 'fake', ...details });
  }

  #provider(provider: GitProvider): GitProvider {
    const notAsked = (): never => {
      throw this.error('unsupported');
    };
    const oauth: OAuthFlow = {
      start: notAsked,
      finish: notAsked,
      refresh: async ({ refreshToken = '' }) => {
        this.refreshed.push(refreshToken);
        await this.before();
        if (refreshToken !== this.#live?.refreshToken) throw this.error('grant_expired', { status: 400 });
        const renewed = this.issue();
        await this.after();
        return renewed;
      },
      revoke: ({ accessToken }) => {
        this.revoked.push(accessToken);
        return Promise.resolve();
      },
    };
    return {
      ...provider,
      ...(this.hasApplication && { oauth }),
      signIn: (source) => ('get' in source ? this.#session(source) : notAsked()),
    };
  }

  /** Only `identity` and `organizations` answer; renews once on a refusal, as every adapter does. */
  #session(source: CredentialSource): GitSession {
    const notAsked = (): never => {
      throw this.error('unsupported');
    };
    const authenticate = async (options?: CallOptions): Promise<void> => {
      let credential = await source.get(options);
      if (!this.#takes(credential) && source.renew !== undefined) {
        credential = await source.renew(credential, options);
      }
      if (!this.#takes(credential)) throw this.error('unauthenticated', { status: 401 });
    };
    return {
      identity: async (options) => {
        await authenticate(options);
        return { account: { id: '1', username: 'ada', kind: 'user' } };
      },
      repositories: notAsked,
      organizations: (options) =>
        paged(async function* () {
          await authenticate(options);
          yield { items: [] };
        }),
      repository: notAsked,
      permissions: notAsked,
      gitCredential: notAsked,
    };
  }

  #takes(credential: Awaited<ReturnType<CredentialSource['get']>>): boolean {
    return credential.kind === 'oauth' && credential.accessToken === this.#live?.accessToken;
  }
}
