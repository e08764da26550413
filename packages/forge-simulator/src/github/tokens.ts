import type { Clock } from '../http/clock.js';
import type { Organization, Owner, Person, Repository } from '../world/model.js';
import { secretText } from '../secret-text.js';
import type { Installation, Installations } from './installations.js';
import { applicationId } from './installations.js';
import type { TokenPermissions } from './permissions.js';

/** A token to issue. `scopes` is what was granted, which may be less than an application asked for. */
export type TokenRequest =
  | {
      readonly kind: 'classic';
      readonly person: Person;
      readonly scopes?: readonly string[];
      readonly expiresAt?: Date;
      /** The organizations with SAML single sign-on that this token is authorized for. */
      readonly singleSignOn?: readonly Organization[];
    }
  | {
      readonly kind: 'oauth';
      readonly person: Person;
      readonly scopes?: readonly string[];
      readonly expiresAt?: Date;
      readonly singleSignOn?: readonly Organization[];
      /** The OAuth App's name, for organizations that approve applications one by one. */
      readonly application?: string;
      /** The application's, where it is registered. */
      readonly clientId?: string;
    }
  | {
      readonly kind: 'fine-grained';
      readonly person: Person;
      readonly expiresAt?: Date;
      /** Whose repositories it is for; the person's own when not given. */
      readonly resourceOwner?: Owner;
      /** Which of the resource owner's repositories; all when not given. */
      readonly repositories?: 'all' | 'public' | readonly Repository[];
      /** Beside `metadata: 'read'`, which every such token has. */
      readonly permissions?: TokenPermissions;
    }
  | {
      readonly kind: 'app-user';
      readonly person: Person;
      readonly application: string;
      readonly expiresAt?: Date;
      readonly singleSignOn?: readonly Organization[];
    }
  | {
      readonly kind: 'installation';
      readonly installation: Installation;
      readonly expiresAt?: Date;
      /** `stateless` is the longer form, with a JWT in it, that GitHub is moving to; `opaque` when not given. */
      readonly format?: 'opaque' | 'stateless';
    };

export type TokenKind = TokenRequest['kind'];
export type Token = TokenRequest & {
  readonly value: string;
  /** Names the token in its owner's settings. */
  readonly id: number;
  readonly issuedAt: Date;
  /** The repositories that a fine-grained token is for, where they were chosen one by one. */
  readonly selected: ReadonlySet<Repository>;
};

interface Part {
  readonly prefix: string;
  readonly length: number;
}

/** @see https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github */
const shapes: Readonly<Record<TokenKind | 'stateless', readonly Part[]>> = {
  classic: [{ prefix: 'ghp_', length: 36 }],
  oauth: [{ prefix: 'gho_', length: 36 }],
  'fine-grained': [
    { prefix: 'github_pat_', length: 22 },
    { prefix: '_', length: 59 },
  ],
  'app-user': [{ prefix: 'ghu_', length: 36 }],
  installation: [{ prefix: 'ghs_', length: 36 }],
  stateless: [
    { prefix: `ghs_${applicationId}_eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJ`, length: 132 },
    { prefix: '.', length: 342 },
  ],
};

/** The tokens that this GitHub has issued. */
export class Tokens {
  readonly #tokens = new Map<string, Token>();
  readonly #singleSignOn = new Map<string, Set<number>>();
  #issued = 0;
  #revision = 0;

  /** @param seed tells this GitHub's tokens from those of others */
  constructor(
    readonly clock: Clock,
    readonly installations: Installations,
    readonly seed: string,
  ) {}

  /** Grows when a token that was issued before comes to reach more. */
  get revision(): number {
    return this.#revision;
  }

  /** @returns the token as its holder uses it */
  issue(request: TokenRequest): string {
    this.#issued += 1;
    const stateless = request.kind === 'installation' && request.format === 'stateless';
    const value = shapes[stateless ? 'stateless' : request.kind]
      .map((part) =>
        secretText({ ...part, alphabet: 'alphanumeric' }, `${this.seed}/${this.#issued}${part.prefix}`),
      )
      .join('');
    const chosen = request.kind === 'fine-grained' ? request.repositories : undefined;
    const selected = new Set(typeof chosen === 'object' ? chosen : []);
    const issuedAt = this.clock.now();
    this.#tokens.set(value, { ...request, value, id: this.#issued, issuedAt, selected });
    const organizations = 'singleSignOn' in request ? (request.singleSignOn ?? []) : [];
    this.#singleSignOn.set(value, new Set(organizations.map(({ id }) => id)));
    return value;
  }

  /** From now on the token is refused. @returns whether it was good until now */
  revoke(value: string): boolean {
    return this.#tokens.delete(value);
  }

  /** What its holder does on the organization's single sign-on page. */
  authorizeSingleSignOn(value: string, organization: Organization): void {
    this.#revision += 1;
    this.#singleSignOn.get(value)?.add(organization.id);
  }

  /** A token that is neither unknown, revoked nor expired, nor one of an installation that was removed. */
  find(value: string): Token | undefined {
    const token = this.#tokens.get(value);
    if (token?.expiresAt !== undefined && token.expiresAt <= this.clock.now()) return undefined;
    if (token?.kind === 'installation' && this.installations.byId(token.installation.id) === undefined)
      return undefined;
    return token;
  }

  hasSingleSignOn(token: Token, organization: Organization): boolean {
    return this.#singleSignOn.get(token.value)?.has(organization.id) ?? false;
  }
}

/** The person a token acts as; an installation acts as nobody. */
export function personOf(token: Token | undefined): Person | undefined {
  return token === undefined || token.kind === 'installation' ? undefined : token.person;
}

/** The scopes of the kinds of token that have scopes. */
export function scopesOf(token: Token): readonly string[] | undefined {
  if (token.kind !== 'classic' && token.kind !== 'oauth') return undefined;
  return [...new Set(token.scopes ?? [])].sort();
}

const included: Readonly<Record<string, readonly string[]>> = {
  repo: ['public_repo', 'repo:status', 'repo_deployment', 'repo:invite', 'security_events'],
  'admin:org': ['write:org', 'read:org'],
  'write:org': ['read:org'],
  user: ['read:user', 'user:email', 'user:follow'],
};

/** Whether a token that has scopes has one of these, itself or within a larger one. */
export function hasScope(token: Token, ...wanted: readonly string[]): boolean {
  const granted = scopesOf(token) ?? [];
  return granted.some(
    (scope) => wanted.includes(scope) || (included[scope] ?? []).some((each) => wanted.includes(each)),
  );
}
