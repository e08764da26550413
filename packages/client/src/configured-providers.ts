import type { Connection, SignedOut } from './generated/api.js';
import type { NamedProvider } from './named-providers.js';
import { matchProviders, ProviderNameError, theOnly, toNamedProviders } from './named-providers.js';
import type { Calls, SignalOption } from './operations.js';

/** A git provider that I am signed in to. */
export interface ConfiguredProvider {
  readonly gitProviderId: string;
  /** The git provider's own: `GitHub.com`. */
  readonly name: string;
  /** What the kind of forge is called: `GitHub`. */
  readonly provider: string;
  /** `github.com`; with the port where the address has one. Undefined where the address cannot be read. */
  readonly host: string | undefined;
  /** Of the account that I am there. */
  readonly username: string;
  readonly connection: Connection;
}

export interface SetProviderOptions extends SignalOption {
  /** Of the git provider, where its name is that of several: `git.acme.example`. */
  readonly host?: string | undefined;
}

interface Credential {
  readonly username: string;
  readonly token: string;
}

/** My usernames and tokens, by the names of git providers. */
export class ConfiguredProviders {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  async set(
    name: string,
    credential: Credential,
    { host, signal }: SetProviderOptions,
  ): Promise<ConfiguredProvider> {
    const known = await this.#known(signal);
    const found = theOnly(matchProviders(known, name, host), { name, host, known });
    const connection = await this.#calls.PUT('/git-providers/{id}/connection', {
      params: { path: { id: found.gitProvider.id } },
      body: credential,
      signal,
    });
    return present(found, connection);
  }

  async list({ signal }: SignalOption): Promise<readonly ConfiguredProvider[]> {
    return (await this.#known(signal)).flatMap(configured);
  }

  async get(name: string, host: string | undefined, { signal }: SignalOption): Promise<ConfiguredProvider> {
    const known = await this.#known(signal);
    const matches = matchProviders(known, name, host);
    // Of several, those are meant that are configured.
    const mine = matches.filter((match) => configured(match).length > 0);
    const found = theOnly(mine.length > 0 ? mine : matches, { name, host, known });
    const [provider] = configured(found);
    if (provider !== undefined) return provider;
    throw new ProviderNameError(
      `You have not configured ${found.gitProvider.name}. setProvider does so, with a username and a token.`,
      [],
    );
  }

  async delete(name: string, host: string | undefined, { signal }: SignalOption): Promise<SignedOut> {
    const { gitProviderId: id } = await this.get(name, host, { signal });
    return this.#calls.DELETE('/git-providers/{id}/connection', { params: { path: { id } }, signal });
  }

  async #known(signal: AbortSignal | undefined): Promise<readonly NamedProvider[]> {
    const [gitProviders, types] = await Promise.all([
      this.#calls.GET('/git-providers', { signal }),
      this.#calls.GET('/provider-types', { signal }),
    ]);
    return toNamedProviders(gitProviders.items, types.items);
  }
}

/** None, or one. */
function configured(named: NamedProvider): readonly ConfiguredProvider[] {
  const { connection } = named.gitProvider;
  return connection === null ? [] : [present(named, connection)];
}

function present(
  { gitProvider, displayName, host }: NamedProvider,
  connection: Connection,
): ConfiguredProvider {
  return {
    gitProviderId: gitProvider.id,
    name: gitProvider.name,
    provider: displayName,
    host,
    username: connection.account.username,
    connection,
  };
}
