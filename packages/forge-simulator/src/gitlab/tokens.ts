import type { PermissionLevel } from '@anyforge/core';
import type { Clock } from '../http/clock.js';
import { secretText } from '../secret-text.js';
import type { Organization, Person, Repository } from '../world/model.js';
import type { World } from '../world/world.js';

/** What every kind of personal access token is issued with. */
export interface GitlabTokenFacts {
  readonly scopes: readonly string[];
  readonly name?: string;
  /** '2027-01-31': refused from the beginning of that day on, in UTC. Never when not given. */
  readonly expiresOn?: string;
  /** `routable` is the longer form, with dots in it; `legacy` when not given. */
  readonly format?: 'legacy' | 'routable';
}

/** What a token's own user may do where the token belongs. */
export interface GitlabBotRole {
  readonly level: PermissionLevel;
  /** The role's own name where the level does not say it: 'guest'. */
  readonly role?: string;
}

/** A token to issue. Projects' and groups' tokens each have a user of their own, whom issuing them makes. */
export type GitlabTokenRequest =
  | (GitlabTokenFacts & { readonly kind: 'personal'; readonly person: Person })
  | (GitlabTokenFacts & GitlabBotRole & { readonly kind: 'project'; readonly project: Repository })
  | (GitlabTokenFacts & GitlabBotRole & { readonly kind: 'group'; readonly group: Organization })
  | {
      readonly kind: 'oauth';
      readonly person: Person;
      readonly scopes: readonly string[];
      readonly expiresAt?: Date | undefined;
      /** The client id of the application. */
      readonly application?: string;
    };

/** OAuth tokens, or any of the kinds that GitLab handles as personal access tokens. */
export interface GitlabToken {
  readonly kind: 'oauth' | 'personal';
  readonly value: string;
  readonly id: number;
  /** Whom it acts as. */
  readonly person: Person;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly issuedAt: Date;
  readonly expiresAt: Date | undefined;
  readonly application: string | undefined;
}

export type GitlabTokenState = 'good' | 'revoked' | 'expired';

/** The tokens that this GitLab has issued. */
export class GitlabTokens {
  readonly #tokens = new Map<string, GitlabToken>();
  readonly #revoked = new Set<string>();

  constructor(
    readonly world: World,
    readonly clock: Clock,
  ) {}

  /** @returns the token as its holder uses it */
  issue(request: GitlabTokenRequest): string {
    const id = this.#tokens.size + 1;
    const value = valueOf(request, id);
    const common = { value, id, scopes: request.scopes, issuedAt: this.clock.now() };
    if (request.kind === 'oauth') {
      const { person, expiresAt, application } = request;
      this.#tokens.set(value, { ...common, kind: 'oauth', person, name: '', expiresAt, application });
      return value;
    }
    const { name = `token ${id}`, expiresOn } = request;
    this.#tokens.set(value, {
      ...common,
      kind: 'personal',
      person: request.kind === 'personal' ? request.person : this.#addBot(request, id, name),
      name,
      expiresAt: expiresOn === undefined ? undefined : startOf(expiresOn),
      application: undefined,
    });
    return value;
  }

  /** From now on the token is refused. @returns whether it was good until now */
  revoke(value: string): boolean {
    const found = this.find(value);
    if (found === undefined) return false;
    this.#revoked.add(value);
    return found.state === 'good';
  }

  /** A token that was ever issued, and what became of it. */
  find(value: string): { readonly token: GitlabToken; readonly state: GitlabTokenState } | undefined {
    const token = this.#tokens.get(value);
    if (token === undefined) return undefined;
    if (this.#revoked.has(value)) return { token, state: 'revoked' };
    const expired = token.expiresAt !== undefined && token.expiresAt <= this.clock.now();
    return { token, state: expired ? 'expired' : 'good' };
  }

  /** @see https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects */
  #addBot(
    request: Extract<GitlabTokenRequest, { kind: 'project' | 'group' }>,
    id: number,
    name: string,
  ): Person {
    const owner = request.kind === 'project' ? request.project : request.group;
    const suffix = secretText({ prefix: '', length: 32, alphabet: 'hexadecimal' }, `bot/${id}`);
    const username = `${request.kind}_${owner.id}_bot_${suffix}`;
    const email = `${username}@noreply.gitlab.example.com`;
    const bot = this.world.addPerson({ username, name, email, kind: 'bot' });
    const { level, role } = request;
    if (request.kind === 'project') this.world.grant({ to: bot, on: request.project, level, role });
    else this.world.setMember({ organization: request.group, person: bot, level, roleName: role });
    return bot;
  }
}

/** Tokens of these scopes, and of none else, may do what any of the `accepted` allows. */
export function isAccepted(token: GitlabToken, accepted: readonly string[]): boolean {
  return token.scopes.some((scope) => accepted.includes(scope));
}

/** @see https://docs.gitlab.com/security/tokens/#token-prefixes */
function valueOf(request: GitlabTokenRequest, id: number): string {
  const seed = `gitlab/${request.kind}/${id}`;
  if (request.kind === 'oauth') return secretText({ prefix: '', length: 64, alphabet: 'hexadecimal' }, seed);
  if (request.format !== 'routable')
    return secretText({ prefix: 'glpat-', length: 20, alphabet: 'alphanumeric' }, seed);
  const payload = secretText({ prefix: 'glpat-', length: 36, alphabet: 'alphanumeric' }, seed);
  return `${payload}.01.${secretText({ prefix: '10', length: 7, alphabet: 'hexadecimal' }, seed)}`;
}

function startOf(day: string): Date {
  const start = new Date(`${day}T00:00:00.000Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(start.getTime()))
    throw new Error(`'${day}' is not a day like '2027-01-31'`);
  return start;
}
