import type { Clock } from '../http/clock.js';
import type { SecretShape } from '../secret-text.js';
import { secretText } from '../secret-text.js';
import type { Owner, Person, Project, Repository } from '../world/model.js';

/** What an access token belongs to, and reaches: it acts as itself, not as a person. */
export type AccessTokenTarget = Repository | Project | Owner;

/** A token to issue. `scopes` are told as Bitbucket names them for that kind of token. */
export type BitbucketCloudTokenRequest =
  /** `read:repository:bitbucket`, …; used with the person's e-mail address, in Basic. */
  | {
      readonly kind: 'api';
      readonly person: Person;
      readonly scopes?: readonly string[];
      readonly expiresAt?: Date;
    }
  /** `repository`, …; of a repository, a project or a workspace. */
  | {
      readonly kind: 'access';
      readonly target: AccessTokenTarget;
      readonly scopes?: readonly string[];
      readonly expiresAt?: Date;
    }
  /** What an OAuth consumer got for a person. */
  | {
      readonly kind: 'oauth';
      readonly person: Person;
      readonly scopes?: readonly string[];
      /** The consumer's key, whose limits the token counts on. */
      readonly consumer?: string;
      readonly expiresAt?: Date;
    }
  /** Accepted nowhere since 28 July 2026. */
  | { readonly kind: 'app-password'; readonly person: Person };

export type BitbucketCloudToken = BitbucketCloudTokenRequest & {
  readonly value: string;
  readonly id: number;
};

/** OAuth tokens are JWTs that outgrow many a database column. */
const shapes: Readonly<Record<BitbucketCloudTokenRequest['kind'], SecretShape>> = {
  api: { prefix: 'ATATT3xFfGF0', length: 180, alphabet: 'alphanumeric' },
  access: { prefix: 'ATCTT3xFfGN0', length: 180, alphabet: 'alphanumeric' },
  oauth: { prefix: 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJ', length: 2_300, alphabet: 'alphanumeric' },
  'app-password': { prefix: 'ATBB', length: 32, alphabet: 'alphanumeric' },
};
const signature: SecretShape = { prefix: '.', length: 342, alphabet: 'alphanumeric' };

/** The tokens that this Bitbucket has issued. */
export class BitbucketCloudTokens {
  readonly #tokens = new Map<string, BitbucketCloudToken>();
  #issued = 0;

  /** @param seed tells this forge's secrets from those of others */
  constructor(
    readonly clock: Clock,
    readonly seed: string,
  ) {}

  /** @returns the token as its holder uses it */
  issue(request: BitbucketCloudTokenRequest): string {
    this.#issued += 1;
    const seed = `${this.seed}/${request.kind}/${this.#issued}`;
    const signed = request.kind === 'oauth' ? secretText(signature, `${seed}/signature`) : '';
    const value = secretText(shapes[request.kind], seed) + signed;
    this.#tokens.set(value, { ...request, value, id: this.#issued });
    return value;
  }

  /** From now on the token is refused. @returns whether it was good until now */
  revoke(value: string): boolean {
    return this.#tokens.delete(value);
  }

  /** A token that was issued and not revoked; it may have expired. */
  find(value: string): BitbucketCloudToken | undefined {
    return this.#tokens.get(value);
  }

  isExpired(token: BitbucketCloudToken): boolean {
    if (token.kind === 'app-password' || token.expiresAt === undefined) return false;
    return token.expiresAt <= this.clock.now();
  }
}

export function personOf(token: BitbucketCloudToken | undefined): Person | undefined {
  return token === undefined || token.kind === 'access' ? undefined : token.person;
}

export function scopesOf(token: BitbucketCloudToken): readonly string[] {
  return token.kind === 'app-password' ? [] : (token.scopes ?? []);
}

/** Whether an access token is for this repository. */
export function reaches(target: AccessTokenTarget, repository: Repository): boolean {
  switch (target.type) {
    case 'repository':
      return target === repository;
    case 'project':
      return target === repository.project;
    case 'person':
    case 'organization':
      return target === repository.owner;
  }
}
