import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import './without-advice.js';
import { Provider } from 'oidc-provider';

/** Somebody with an account there. */
export interface ProviderAccount {
  readonly subject: string;
  readonly claims: Readonly<Record<string, string>>;
}

export const providerClient = { id: 'anyforge', secret: 'a secret of the client, of some length' };

/** An OpenID Connect provider on 127.0.0.1, where whoever is `account` signs in without a page. */
export class TestIdentityProvider {
  readonly issuer: string;
  /** Who sits before the browser; undefined: somebody who cancels. */
  account: ProviderAccount | undefined;
  /** How often it was asked who somebody is, besides what its ID tokens say. */
  userInfoRequests = 0;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.issuer = `http://127.0.0.1:${String(port)}`;
    this.#server = server;
  }

  static async start(redirectUri: string): Promise<TestIdentityProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const provider = new TestIdentityProvider(
      server,
      typeof address === 'object' && address !== null ? address.port : 0,
    );
    const oidc = provider.#create(redirectUri);
    const serve = oidc.callback();
    server.on('request', (request, response) => {
      if (request.url === '/me') provider.userInfoRequests += 1;
      const isPage = request.url?.startsWith('/interaction/') ?? false;
      void (isPage ? provider.#interact(oidc, request, response) : serve(request, response));
    });
    return provider;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #create(redirectUri: string): Provider {
    return new Provider(this.issuer, {
      clients: [
        { client_id: providerClient.id, client_secret: providerClient.secret, redirect_uris: [redirectUri] },
      ],
      claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
      cookies: { keys: ['a key of the cookies of a test'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, subject) => ({
        accountId: subject,
        claims: () => ({ sub: subject, ...this.account?.claims }),
      }),
    });
  }

  async #interact(oidc: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { account } = this;
    if (account === undefined) {
      await oidc.interactionFinished(request, response, { error: 'access_denied' });
      return;
    }
    const { params } = await oidc.interactionDetails(request, response);
    const grant = new oidc.Grant({ accountId: account.subject, clientId: String(params['client_id']) });
    grant.addOIDCScope(String(params['scope']));
    const login = { accountId: account.subject };
    const consent = { grantId: await grant.save() };
    await oidc.interactionFinished(request, response, { login, consent });
  }
}
