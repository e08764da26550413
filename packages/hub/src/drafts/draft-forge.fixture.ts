import type {
  CallOptions,
  GitProvider,
  OAuthFlow,
  ProbeResult,
  ProviderError,
  ProviderPlugin,
} from '@anyforge/core';
import { isObject } from '../git-providers/json-schema.js';
import { OAuthForge } from '../sign-ins/oauth-forge.fixture.js';
import type { FakeForge } from '../testing/fake-forge.js';
import type { TestClock } from '../testing/test-clock.js';

/** A forge of which every step of a test can be held up or refused, and which notes with what it is asked. */
export class DraftForge {
  readonly oauth: OAuthForge;
  readonly forge: FakeForge;
  readonly plugin: ProviderPlugin;
  /** What each request went to and carried: the address, and the secret of the client where it was sent. */
  readonly asked: { readonly what: string; readonly at: string; readonly secret?: string | undefined }[] = [];
  probe: (call: CallOptions) => Promise<ProbeResult> | ProbeResult = () => ({
    product: 'Fake Forge',
    version: '7.1',
    apiUrl: 'https://forge.test/api',
  });
  checkClient: () => Promise<'accepted' | 'rejected' | 'unknown'> | 'accepted' | 'rejected' | 'unknown' =
    () => 'accepted';

  constructor(clock: TestClock) {
    this.oauth = new OAuthForge(clock);
    this.forge = this.oauth.forge;
    this.plugin = {
      ...this.oauth.plugin,
      oauthHelp: (config, redirectUri) => ({
        registerUrl: `${String(isObject(config) ? config['baseUrl'] : '')}/applications`,
        fields: [{ label: 'Redirect URL', value: redirectUri, copy: true }],
        hints: [],
      }),
      create: (config, context) => this.#watched(this.oauth.plugin.create(config, context), config),
    };
  }

  error(...parameters: Parameters<OAuthForge['error']>): ProviderError {
    return this.oauth.error(...parameters);
  }

  #watched(provider: GitProvider, config: unknown): GitProvider {
    const at = provider.webUrl;
    const oauth = isObject(config) && isObject(config['oauth']) ? config['oauth'] : undefined;
    const secret = typeof oauth?.['clientSecret'] === 'string' ? oauth['clientSecret'] : undefined;
    const probe: GitProvider['probe'] = async (call = {}) => {
      this.asked.push({ what: 'probe', at });
      return this.probe(call);
    };
    if (oauth === undefined) return { ...provider, oauth: undefined, probe };
    return { ...provider, probe, oauth: this.#flow(provider.oauth, at, secret) };
  }

  #flow(flow: OAuthFlow | undefined, at: string, secret: string | undefined): OAuthFlow | undefined {
    if (flow === undefined) return undefined;
    return {
      ...flow,
      checkClient: async () => {
        this.asked.push({ what: 'client', at, secret });
        return this.checkClient();
      },
      revoke: async (credential, options) => {
        this.asked.push({ what: 'revoke', at, secret });
        await flow.revoke?.(credential, options);
      },
    };
  }
}
