import type { TortureForge } from '../forges/torture-forge.js';
import type { PastedToken } from '../forges/torture-forge.js';
import { Timeline } from '../oracle/timeline.js';

/** Somebody who signs in here, with one of the forge's accounts. */
export class Visitor {
  readonly index: number;
  readonly id: string;
  /** The account's id while signed in. */
  readonly account: Timeline<string | undefined>;
  /** Since when nobody has changed it. */
  accountSince = 0;
  /** The position of the account whose token was pasted last. */
  #position: number;
  #token: PastedToken | undefined;
  #isRevoked = false;

  constructor(index: number, run: string, now: number) {
    this.index = index;
    this.id = `${run} person ${index}`;
    this.account = new Timeline<string | undefined>(now, undefined);
    this.#position = index;
  }

  get isSignedIn(): boolean {
    return this.account.last !== undefined;
  }

  /** Whether the forge still takes the token that was pasted last. */
  get isWelcome(): boolean {
    return this.#token !== undefined && !this.#isRevoked;
  }

  /** A new token of the same account, or of the other one. */
  newToken(
    forge: TortureForge,
    as: 'the same' | 'the other',
  ): { readonly accountId: string; readonly pasted: PastedToken; keep(): void } {
    const position = as === 'the same' ? this.#position : 1 - this.#position;
    const person = forge.accounts[position === 0 ? 0 : 1];
    const pasted = forge.issue(person);
    return {
      accountId: forge.accountId(person),
      pasted,
      keep: () => {
        this.#position = position;
        this.#token = pasted;
        this.#isRevoked = false;
      },
    };
  }

  revoke(forge: TortureForge): void {
    if (this.#token !== undefined) forge.revoke(this.#token.token);
    this.#isRevoked = true;
  }
}
