import type { Clock } from '../http/clock.js';
import type { Person } from '../world/model.js';
import { secretText } from '../secret-text.js';
import type { OAuthClient } from './clients.js';
import type { AuthorizationRules } from './rules.js';

/** What a person allowed, waiting for the client to fetch its tokens. */
export interface Authorized {
  readonly client: OAuthClient;
  readonly person: Person;
  readonly scopes: readonly string[];
  /** As the request had it; absent where the registered one was used. */
  readonly redirectUri: string | undefined;
  readonly challenge: { readonly value: string; readonly method: string } | undefined;
}

/** Codes: good for one use, for a while. */
export class AuthorizationCodes {
  readonly #codes = new Map<string, Authorized & { readonly endsAt: number }>();
  #issued = 0;

  constructor(
    readonly rules: AuthorizationRules,
    readonly clock: Clock,
    readonly seed: string,
  ) {}

  issue(authorized: Authorized): string {
    this.#issued += 1;
    const value = secretText(this.rules.code, `${this.seed}/code/${this.#issued}`);
    const endsAt = this.clock.now().getTime() + this.rules.codeSeconds * 1000;
    this.#codes.set(value, { ...authorized, endsAt });
    return value;
  }

  /** What a code stands for: nothing once it was used or is too old. */
  find(value: string): Authorized | undefined {
    const found = this.#codes.get(value);
    return found !== undefined && found.endsAt > this.clock.now().getTime() ? found : undefined;
  }

  spend(value: string): void {
    this.#codes.delete(value);
  }
}
