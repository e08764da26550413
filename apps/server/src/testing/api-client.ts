import { AnswerCheck } from './answer-check.js';
import type { SeenEvent } from './event-stream.js';
import { blocksOf, readBlock } from './event-stream.js';

/** What a server answered. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
}

/** Compiled once for all clients of a process. */
const answers = new AnswerCheck();

/**
 * Speaks to a server's API as `curl` in the README does, with what identifies one caller. Every answer is held against
 * the description that the server gives of itself: one that is not as described rejects.
 */
export class ApiClient {
  readonly url: string;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param headers sent with every request: a cookie, an API token */
  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.url = url;
    this.#headers = headers;
  }

  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply> {
    return this.send('GET', path, { headers });
  }

  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply> {
    return this.send('POST', path, { body, headers });
  }

  put(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply> {
    return this.send('PUT', path, { body, headers });
  }

  patch(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply> {
    return this.send('PATCH', path, { body, headers });
  }

  delete(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply> {
    return this.send('DELETE', path, { body, headers });
  }

  /** The events of a stream, each as soon as it has arrived. Whoever stops to iterate has gone. */
  async *events(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): AsyncGenerator<SeenEvent, void, undefined> {
    const {
      status,
      headers: answered,
      body,
    } = await fetch(`${this.url}${path}`, {
      headers: { ...this.#headers, ...headers },
    });
    if (status !== 200 || body === null) throw new Error(`GET ${path} answered ${String(status)}.`);
    const contentType = answered.get('content-type');
    for await (const block of blocksOf(body)) {
      answers.check({ method: 'GET', path, status, contentType, text: block });
      yield* readBlock(block);
    }
  }

  /** Sends texts, forms and nothing as they are, and everything else as JSON. Redirects are answers, not followed. */
  async send(method: string, path: string, { body, headers }: RequestParts = {}): Promise<Reply> {
    const raw = body === undefined || typeof body === 'string' || body instanceof URLSearchParams;
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...this.#headers, ...(raw ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const contentType = response.headers.get('content-type');
    answers.check({ method, path, status: response.status, contentType, text });
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, body: parsed, text };
  }
}

export interface RequestParts {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
