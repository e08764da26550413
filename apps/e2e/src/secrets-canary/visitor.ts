import type { Evidence } from './searcher.js';

/** An answer as it came over the wire. */
export interface Answer {
  /** By which what it may show is told apart from what other answers may. */
  readonly label: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export interface Asking {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Everything that a server has answered to anybody. */
export class AnswerBook {
  readonly #evidence: Evidence[] = [];

  get all(): readonly Evidence[] {
    return this.#evidence;
  }

  add(text: string, what: string): string {
    const label = `answer ${String(this.#evidence.length + 1)} to ${what}`;
    this.#evidence.push({ kind: 'answers', label, bytes: Buffer.from(text) });
    return label;
  }
}

/** Somebody who asks a server, as a browser or a program; every answer is kept as evidence. */
export class Visitor {
  readonly #address: () => string;
  readonly #book: AnswerBook;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(address: () => string, book: AnswerBook, headers: Readonly<Record<string, string>> = {}) {
    this.#address = address;
    this.#book = book;
    this.#headers = headers;
  }

  /** The same server, asked with these headers. */
  with(headers: Readonly<Record<string, string>>): Visitor {
    return new Visitor(this.#address, this.#book, headers);
  }

  /** A text is sent as it is, and everything else as JSON. Rejects only when whoever asks goes away. */
  async ask(method: string, path: string, { body, headers, signal }: Asking = {}): Promise<Answer> {
    const response = await fetch(`${this.#address()}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...this.#headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const text = await response.text();
    const lines = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    const label = this.#book.add(
      `${String(response.status)}\n${lines}\n\n${text}`,
      `${method} ${path.split('?')[0]?.slice(0, 60) ?? ''}`,
    );
    return { label, status: response.status, headers: response.headers, text, json: parse(text) };
  }

  /** The same, but goes away after so many milliseconds unless there is an answer by then. */
  async askBriefly(ms: number, method: string, path: string, asking: Asking = {}): Promise<void> {
    const signal = AbortSignal.timeout(ms);
    try {
      await this.ask(method, path, { ...asking, signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** The same, when the answer has to be this one: what follows would prove nothing otherwise. */
  async expect(status: number, method: string, path: string, asking: Asking = {}): Promise<Answer> {
    const answer = await this.ask(method, path, asking);
    if (answer.status === status) return answer;
    throw new Error(`${method} ${path} answered ${String(answer.status)}: ${answer.text.slice(0, 500)}`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
