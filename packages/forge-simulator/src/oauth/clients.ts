import { secretText } from '../secret-text.js';
import type { ClientKind } from './rules.js';

/** An application that is registered with a forge. */
export interface OAuthClient {
  readonly clientId: string;
  /** The one that is good now; a public client has none. */
  readonly clientSecret: string | undefined;
  readonly name: string;
  /** One of the forge's kinds of application. */
  readonly kind: string;
  readonly redirectUris: readonly string[];
  /** What it may ask for; anything when absent. */
  readonly scopes: readonly string[] | undefined;
  /** Whether its access tokens expire, on forges where they can. */
  readonly expiringTokens: boolean;
  /** Whether answers tell when: `expires_in` may be missing. */
  readonly tellsExpiry: boolean;
  readonly deviceFlow: boolean;
}

export interface NewOAuthClient {
  readonly name: string;
  readonly redirectUris: readonly string[];
  /** Whether it has a secret; true when not given. */
  readonly confidential?: boolean;
  readonly scopes?: readonly string[];
  /** The forge's first kind when not given. */
  readonly kind?: string;
  /** True when not given. */
  readonly expiringTokens?: boolean;
  /** True when not given. */
  readonly tellsExpiry?: boolean;
  /** True when not given. */
  readonly deviceFlow?: boolean;
}

interface ClientRecord extends OAuthClient {
  clientSecret: string | undefined;
}

/** The applications that are registered with one forge. */
export class OAuthClients {
  readonly #clients = new Map<string, ClientRecord>();
  #secrets = 0;

  /** @param seed tells this forge's secrets from those of others */
  constructor(
    readonly kinds: Readonly<Record<string, ClientKind>>,
    readonly seed: string,
  ) {}

  /** @throws Error for a kind of application that the forge does not have */
  register(request: NewOAuthClient): OAuthClient {
    const { name, redirectUris, confidential = true, scopes } = request;
    const { kind = Object.keys(this.kinds)[0] ?? '' } = request;
    const { expiringTokens = true, tellsExpiry = true, deviceFlow = true } = request;
    const shapes = this.kindOf({ kind });
    const client: ClientRecord = {
      clientId: secretText(shapes.clientId, this.#nextSeed()),
      clientSecret: confidential ? secretText(shapes.clientSecret, this.#nextSeed()) : undefined,
      name,
      kind,
      redirectUris: [...redirectUris],
      scopes,
      expiringTokens,
      tellsExpiry,
      deviceFlow,
    };
    this.#clients.set(client.clientId, client);
    return client;
  }

  /** @throws Error for a kind of application that the forge does not have */
  kindOf({ kind }: Pick<OAuthClient, 'kind'>): ClientKind {
    const rules = this.kinds[kind];
    if (rules === undefined)
      throw new Error(
        `There is no kind of application '${kind}' here: ${Object.keys(this.kinds).join(', ')}`,
      );
    return rules;
  }

  find(clientId: string): OAuthClient | undefined {
    return this.#clients.get(clientId);
  }

  remove(clientId: string): boolean {
    return this.#clients.delete(clientId);
  }

  /**
   * Gives a client another secret; the one before is refused from now on. @returns the new one
   * @throws Error for a client that is not registered or public
   */
  rotateSecret(clientId: string): string {
    const client = this.#clients.get(clientId);
    if (client?.clientSecret === undefined) throw new Error(`'${clientId}' has no secret here`);
    client.clientSecret = secretText(this.kindOf(client).clientSecret, this.#nextSeed());
    return client.clientSecret;
  }

  #nextSeed(): string {
    this.#secrets += 1;
    return `${this.seed}/client/${this.#secrets}`;
  }
}
