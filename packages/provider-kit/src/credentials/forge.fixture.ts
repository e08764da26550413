import type { CallOptions, Clock, OAuthCredential, ProviderErrorDetails } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { abortable } from '../abort.js';

export const lifetimeMs = 7_200_000;
const answerMs = 200;
const slowMs = 40_000;

/** What becomes of one refresh. `lost`: the forge rotates, and its answer never arrives; `slow`: it does after 40 s. */
export type Fate = 'answered' | 'lost' | 'slow' | 'unreached' | 'busy' | 'hangs';

/**
 * The token endpoint of a forge that kills both old tokens at once, as the strictest one does.
 *
 * @see https://docs.gitlab.com/api/oauth2/
 */
export class RotatingForge {
  /** The refresh tokens that came, in order. */
  readonly asked: string[] = [];
  readonly #clock: Clock;
  readonly #fates: Fate[];
  #serial = 0;
  #underWay = 0;
  #mostAtOnce = 0;
  #live: OAuthCredential | undefined;

  constructor(clock: Clock, fates: readonly Fate[] = []) {
    this.#clock = clock;
    this.#fates = [...fates];
  }

  get mostAtOnce(): number {
    return this.#mostAtOnce;
  }

  /** The pair that it takes now. */
  get live(): OAuthCredential | undefined {
    return this.#live;
  }

  issue(): OAuthCredential {
    this.#serial += 1;
    this.#live = {
      kind: 'oauth',
      accessToken: `access-${this.#serial}`,
      refreshToken: `refresh-${this.#serial}`,
      expiresAt: new Date(this.#clock.now().getTime() + lifetimeMs),
    };
    return this.#live;
  }

  revoke(): void {
    this.#live = undefined;
  }

  readonly refresh = async (
    { refreshToken = '' }: OAuthCredential,
    { signal = new AbortController().signal }: CallOptions,
  ): Promise<OAuthCredential> => {
    this.asked.push(refreshToken);
    this.#underWay += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#underWay);
    try {
      return await this.#answer(refreshToken, this.#fates.shift() ?? 'answered', signal);
    } finally {
      this.#underWay -= 1;
    }
  };

  async #answer(refreshToken: string, fate: Fate, signal: AbortSignal): Promise<OAuthCredential> {
    if (fate === 'unreached') throw failure('network', 'no way there', { reached: false });
    if (fate === 'hangs') return abortable(new Promise<never>(() => undefined), signal);
    await this.#clock.sleep(answerMs, signal);
    if (fate === 'busy') throw failure('unavailable', 'try later', { status: 503 });
    if (refreshToken !== this.#live?.refreshToken) {
      throw failure('grant_expired', 'invalid_grant', { status: 400 });
    }
    const renewed = this.issue();
    if (fate === 'slow') await this.#clock.sleep(slowMs, signal);
    if (fate === 'lost') throw failure('network', 'connection reset');
    return renewed;
  }
}

function failure(
  kind: ProviderError['kind'],
  text: string,
  details: Partial<ProviderErrorDetails> = {},
): ProviderError {
  return new ProviderError(kind, text, { provider: 'gitlab', ...details });
}
