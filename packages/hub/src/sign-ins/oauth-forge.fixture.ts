import type {
  GitProvider,
  OAuthCredential,
  OAuthFlow,
  ProviderErrorDetails,
  ProviderPlugin,
} from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { FakeForge } from '../testing/fake-forge.js';
import type { TestClock } from '../testing/test-clock.js';

/** A forge with an authorization server: the code that it hands out is the name of the account. */
export class OAuthForge {
  readonly forge = new FakeForge();
  readonly plugin: ProviderPlugin;
  /** The codes that were exchanged, in order. */
  readonly exchanged: string[] = [];
  /** The access tokens that were ended. */
  readonly revoked: string[] = [];
  /** How often a device's code was asked for. */
  polls = 0;
  /** Who has typed the device's code; a refusal to answer with; undefined: nobody yet. */
  typed: string | ProviderError | undefined;
  /** Runs when a code has arrived, before it is exchanged. */
  beforeExchange: () => Promise<void> | void = () => undefined;
  /** Runs when a device's code is asked for, before the answer. */
  beforePoll: () => Promise<void> | void = () => undefined;
  /** Where a refusal is repaired. */
  repairUrl = 'https://forge.test/sso';
  /** Where a device's code is to be typed. */
  verificationUrl = 'https://forge.test/device';
  /** Runs before an access token is ended. */
  beforeRevocation: () => void = () => undefined;
  hasApplication = true;
  intervalMs = 5_000;
  readonly #clock: TestClock;

  constructor(clock: TestClock) {
    this.#clock = clock;
    this.plugin = {
      ...this.forge.plugin,
      create: (config, context) => this.#provider(this.forge.plugin.create(config, context)),
    };
  }

  error(kind: ProviderError['kind'], details: Partial<ProviderErrorDetails> = {}): ProviderError {
    return new ProviderError(kind, `The forge says ${kind}.`, { provider: 'fake', ...details });
  }

  #provider(provider: GitProvider): GitProvider {
    return {
      ...provider,
      ...(this.hasApplication && { oauth: this.#flow() }),
      signIn: (source, options) => {
        if ('get' in source || source.kind === 'token') return provider.signIn(source, options);
        return provider.signIn({ kind: 'token', token: source.accessToken }, options);
      },
    };
  }

  #flow(): OAuthFlow {
    return {
      start: ({ redirectUri, state }) =>
        Promise.resolve({
          url: `https://forge.test/authorize?${new URLSearchParams({ redirect_uri: redirectUri, state }).toString()}`,
          transaction: `verifier of ${state}`,
        }),
      finish: async ({ callbackUrl, redirectUri, state, transaction }) => {
        const { searchParams, origin, pathname } = new URL(callbackUrl);
        if (transaction !== `verifier of ${state}` || `${origin}${pathname}` !== redirectUri) {
          throw this.error('invalid_request');
        }
        if (searchParams.has('error')) {
          throw this.error('access_denied', { repair: { text: 'Allow it.', url: this.repairUrl } });
        }
        const code = searchParams.get('code') ?? '';
        this.exchanged.push(code);
        await this.beforeExchange();
        return credentialOf(code);
      },
      refresh: () => Promise.reject(this.error('unsupported')),
      revoke: async ({ accessToken }) => {
        this.beforeRevocation();
        this.revoked.push(accessToken);
        await Promise.resolve();
      },
      device: {
        start: () =>
          Promise.resolve({
            userCode: 'WDJB-MJHT',
            verificationUrl: this.verificationUrl,
            expiresAt: new Date(this.#clock.now().getTime() + 900_000),
            intervalMs: this.intervalMs,
            transaction: 'device code',
          }),
        poll: async (transaction) => {
          this.polls += 1;
          await this.beforePoll();
          const { typed, intervalMs } = this;
          if (transaction !== 'device code') throw this.error('invalid_request');
          if (typed instanceof ProviderError) throw typed;
          return typed === undefined
            ? { status: 'pending', intervalMs }
            : { status: 'done', credential: credentialOf(typed) };
        },
      },
    };
  }
}

function credentialOf(code: string): OAuthCredential {
  return { kind: 'oauth', accessToken: `access-of-${code}`, refreshToken: `refresh-of-${code}` };
}
