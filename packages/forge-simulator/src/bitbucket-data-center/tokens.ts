import type { PermissionLevel } from '@anyforge/core';
import { highestLevel } from '@anyforge/core';
import type { Clock } from '../http/clock.js';
import { secretText } from '../secret-text.js';
import type { Organization, Person, Repository } from '../world/model.js';
import type { BitbucketTokenPermission } from './permissions.js';
import { projectLevels, repositoryLevels } from './permissions.js';

/** A token to issue. */
export type BitbucketTokenRequest =
  | {
      readonly kind: 'personal';
      readonly person: Person;
      /** Administration of repositories and projects when not given. */
      readonly permissions?: readonly BitbucketTokenPermission[];
      readonly expiresAt?: Date;
    }
  | {
      readonly kind: 'project';
      readonly project: Organization;
      /** PROJECT_READ when not given. */
      readonly permission?: BitbucketTokenPermission;
      readonly expiresAt?: Date;
    }
  | {
      readonly kind: 'repository';
      readonly repository: Repository;
      /** REPO_READ when not given. */
      readonly permission?: BitbucketTokenPermission;
      readonly expiresAt?: Date;
    }
  | {
      readonly kind: 'oauth';
      readonly person: Person;
      readonly scopes: readonly string[];
      readonly expiresAt?: Date | undefined;
    };

export type BitbucketToken = BitbucketTokenRequest & { readonly value: string; readonly id: number };

const httpToken = { prefix: 'BBDC-', length: 44, alphabet: 'alphanumeric' } as const;
const oauthToken = { prefix: '', length: 64, alphabet: 'alphanumeric' } as const;
const allPermissions: readonly BitbucketTokenPermission[] = ['PROJECT_ADMIN', 'REPO_ADMIN'];

/** The tokens that this Bitbucket has issued. */
export class BitbucketTokens {
  readonly #tokens = new Map<string, BitbucketToken>();
  #issued = 0;

  /** @param seed tells this Bitbucket's tokens from those of others */
  constructor(
    readonly clock: Clock,
    readonly seed: string,
  ) {}

  /** @returns the token as its holder uses it */
  issue(request: BitbucketTokenRequest): string {
    this.#issued += 1;
    const shape = request.kind === 'oauth' ? oauthToken : httpToken;
    const value = secretText(shape, `${this.seed}/${request.kind}/${this.#issued}`);
    this.#tokens.set(value, { ...request, value, id: this.#issued });
    return value;
  }

  /** From now on the token is not recognized. @returns whether it was good until now */
  revoke(value: string): boolean {
    return this.#tokens.delete(value);
  }

  /** A token that is neither unknown, revoked nor expired, nor one of a person who may not sign in. */
  find(value: string): BitbucketToken | undefined {
    const token = this.#tokens.get(value);
    if (token === undefined) return undefined;
    if (token.expiresAt !== undefined && token.expiresAt <= this.clock.now()) return undefined;
    return personOf(token)?.suspended === true ? undefined : token;
  }
}

/** The person a token acts as; tokens of projects and repositories act as nobody's account. */
export function personOf(token: BitbucketToken | undefined): Person | undefined {
  return token === undefined || token.kind === 'project' || token.kind === 'repository'
    ? undefined
    : token.person;
}

/** What a token may do with a repository at most, whatever its holder may. */
export function repositoryCap(token: BitbucketToken): PermissionLevel {
  return highestLevel(
    wordsOf(token).map((word) => repositoryLevels.get(word) ?? projectLevels.get(word) ?? 'none'),
  );
}

/** What a token may do with a project at most. */
export function projectCap(token: BitbucketToken): PermissionLevel {
  return highestLevel(wordsOf(token).map((word) => projectLevels.get(word) ?? 'none'));
}

function wordsOf(token: BitbucketToken): readonly string[] {
  switch (token.kind) {
    case 'personal':
      return token.permissions ?? allPermissions;
    case 'project':
      return [token.permission ?? 'PROJECT_READ'];
    case 'repository':
      return [token.permission ?? 'REPO_READ'];
    case 'oauth':
      return token.scopes.map((scope) => administrativeScopes.get(scope) ?? scope);
  }
}

/** The scopes above those of repositories and projects include them. */
const administrativeScopes: ReadonlyMap<string, string> = new Map([
  ['ADMIN_WRITE', 'PROJECT_ADMIN'],
  ['SYSTEM_ADMIN', 'PROJECT_ADMIN'],
]);
