import { createHash } from 'node:crypto';
import type { SimulatedRequest } from '../http/message.js';
import type { Person } from '../world/model.js';
import type { ReadableWorld } from '../world/readable-world.js';

/**
 * Who is signed in at the forge, browser by browser: whoever decided there last. Off until `start`, so that a browser is
 * asked each time who it is.
 */
export class ConsentMemory {
  readonly #cookie: string;
  #isOn = false;

  /** @param webUrl the forge's: browsers send cookies to every port of a host, so that the name tells forges apart */
  constructor(webUrl: string) {
    this.#cookie = `signed-in-${createHash('sha256').update(webUrl).digest('hex').slice(0, 8)}`;
  }

  start(): void {
    this.#isOn = true;
  }

  /** The headers with which an answer lets the browser remember who it is. */
  headersFor({ username }: Person): Readonly<Record<string, string>> {
    if (!this.#isOn) return {};
    return {
      'set-cookie': `${this.#cookie}=${encodeURIComponent(username)}; HttpOnly; Path=/; SameSite=Lax`,
    };
  }

  /** Who the browser is, as far as it remembers. */
  personOf({ headers }: SimulatedRequest, world: ReadableWorld): Person | undefined {
    if (!this.#isOn) return undefined;
    for (const pair of (headers.get('cookie') ?? '').split('; ')) {
      const [name, value = ''] = pair.split('=');
      if (name === this.#cookie) return world.person(decodeURIComponent(value));
    }
    return undefined;
  }
}
