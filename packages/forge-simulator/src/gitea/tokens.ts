import type { Clock } from '../http/clock.js';
import { secretText } from '../secret-text.js';
import type { Person } from '../world/model.js';
import type { Scopes } from './scopes.js';
import { normalizeScopes } from './scopes.js';

/** A token to issue. */
export type GiteaTokenRequest =
  | {
      readonly kind: 'personal';
      readonly person: Person;
      /** 'read:repository', 'public-only', 'all'. */
      readonly scopes: readonly string[];
      readonly name?: string;
    }
  | {
      readonly kind: 'oauth';
      readonly person: Person;
      /** Names who it was given to. */
      readonly application: string;
      /** As the application asked for them. */
      readonly scopes: readonly string[];
      readonly expiresAt?: Date | undefined;
    };

export interface GiteaToken {
  readonly kind: GiteaTokenRequest['kind'];
  readonly id: number;
  readonly name: string;
  readonly person: Person;
  /** What it is good for. */
  readonly scopes: readonly string[];
  /** The words that it was asked for with. */
  readonly asked: readonly string[];
  readonly issuedAt: Date;
  /** Absent where it does not expire: personal tokens do not. */
  readonly expiresAt: Date | undefined;
  readonly value: string;
}

const personalToken = { prefix: '', length: 40, alphabet: 'hexadecimal' } as const;
const part = { prefix: '', length: 64, alphabet: 'alphanumeric' } as const;
const passwordShape = { prefix: 'password-', length: 20, alphabet: 'alphanumeric' } as const;

/** The tokens that this Gitea has issued, and its people's passwords. */
export class GiteaTokens {
  readonly #tokens = new Map<string, GiteaToken>();
  readonly #ended = new Set<string>();
  #issued = 0;

  /**
   * @param seed tells this Gitea's tokens from those of others
   * @param scopesOfApplication what the scopes that an application asked for come to
   */
  constructor(
    readonly clock: Clock,
    readonly seed: string,
    readonly scopesOfApplication: (asked: readonly string[]) => readonly string[],
  ) {}

  /**
   * @returns the token as its holder uses it; of an application that gets several for somebody within a second, the very
   *   same: there is nothing in them but what they are for and until when
   * @throws Error for a personal token with what is no scope, or with none
   */
  issue(request: GiteaTokenRequest): string {
    this.#issued += 1;
    const { kind, person, scopes: asked } = request;
    const id = this.#issued;
    const value = request.kind === 'personal' ? this.#personalValue(id) : this.#applicationValue(request, id);
    const token: GiteaToken = {
      kind,
      id,
      name: (kind === 'personal' ? request.name : undefined) ?? `token-${id}`,
      person,
      scopes: this.#scopesOf(request),
      asked,
      issuedAt: this.clock.now(),
      expiresAt: kind === 'oauth' ? request.expiresAt : undefined,
      value,
    };
    this.#tokens.set(value, token);
    return value;
  }

  /** From now on the token is refused. @returns whether it was there until now */
  revoke(value: string): boolean {
    this.#ended.add(value);
    return this.#tokens.delete(value);
  }

  /** A token that is neither unknown, revoked nor expired. */
  find(value: string): GiteaToken | undefined {
    const token = this.#tokens.get(value);
    return token?.expiresAt !== undefined && token.expiresAt <= this.clock.now() ? undefined : token;
  }

  /** The personal ones, the oldest first. */
  of(person: Person): readonly GiteaToken[] {
    return [...this.#tokens.values()].filter((token) => token.kind === 'personal' && token.person === person);
  }

  /** With which somebody signs in, and sees a list of their tokens. */
  passwordOf({ id }: Person): string {
    return secretText(passwordShape, `${this.seed}/password/${id}`);
  }

  #scopesOf({ kind, scopes }: GiteaTokenRequest): Scopes {
    if (kind === 'oauth') return this.scopesOfApplication(scopes);
    const normalized = normalizeScopes(scopes);
    if (normalized === undefined || normalized.length === 0)
      throw new Error(`A token needs scopes that Gitea has: not '${scopes.join(' ')}'`);
    return normalized;
  }

  #personalValue(id: number): string {
    return secretText(personalToken, `${this.seed}/personal/${id}`);
  }

  /** Three parts. One that was ended does not come again. */
  #applicationValue(
    { application, person, scopes, expiresAt }: Extract<GiteaTokenRequest, { kind: 'oauth' }>,
    id: number,
  ): string {
    const second = Math.floor((expiresAt?.getTime() ?? 0) / 1000);
    const seed = [this.seed, 'oauth', application, person.id, scopes.join(' '), second].join('/');
    const value = threeParts(seed);
    return this.#ended.has(value) ? threeParts(`${seed}/${id}`) : value;
  }
}

function threeParts(seed: string): string {
  return [0, 1, 2].map((index) => secretText(part, `${seed}/${index}`)).join('.');
}
