import type { Client } from '@anyforge/client';
import { createClient } from '@anyforge/client';

/** Sessions are told apart by it. */
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Somebody at a browser: keeps cookies, says from which page it asks, and does not follow where it is sent. */
export class Visitor {
  readonly api: Client;
  readonly #publicUrl: string;
  readonly #cookies = new Map<string, string>();

  constructor(publicUrl: string) {
    this.#publicUrl = publicUrl;
    this.api = createClient({
      baseUrl: `${publicUrl}/api/v1`,
      fetch: (request) => this.#send(request),
    });
  }

  /** Opens a page. @returns where the browser is sent from there */
  async open(url: string): Promise<string | undefined> {
    const response = await this.#send(new Request(url));
    await response.body?.cancel();
    return response.headers.get('location') ?? undefined;
  }

  async #send(request: Request): Promise<Response> {
    const headers = new Headers(request.headers);
    headers.set('user-agent', userAgent);
    headers.set('origin', new URL(this.#publicUrl).origin);
    if (this.#cookies.size > 0)
      headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(new Request(request, { headers, redirect: 'manual' }));
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }
}
