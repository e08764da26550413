import type { SimulatedRequest, Surface } from './message.js';
import type { SeenCredential } from './redaction.js';
import { carries, credentialOf, redactedBody, redactedHeaders, redactedQuery } from './redaction.js';

export interface LoggedRequest {
  /** 1 for the first request. */
  readonly sequence: number;
  readonly method: string;
  readonly surface: Surface;
  readonly origin: string;
  /** Below the surface's root: '/user/repos'. */
  readonly path: string;
  /** Here and below, known credentials, cookies and secrets are told as their hash. */
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Absent when the request came without a credential. Compare `hash` with `hashCredential(token)`. */
  readonly credential?: SeenCredential;
  readonly receivedAt: Date;
  /** Absent until the answer is out, and when it was never given whole. */
  readonly status?: number;
  readonly outcome: 'pending' | 'answered' | 'broken';
}

interface Waiter {
  readonly predicate: (entry: LoggedRequest) => boolean;
  readonly resolve: (entry: LoggedRequest) => void;
  readonly reject: (reason: unknown) => void;
}

/** Every request a simulator got, in order of arrival. */
export class RequestLog {
  readonly #entries: LoggedRequest[] = [];
  /** The same requests as they came, secrets and all: for `withCredential` alone. */
  readonly #requests: SimulatedRequest[] = [];
  readonly #waiters = new Set<Waiter>();
  #pending = 0;
  #peak = 0;
  #offset = 0;
  #closed = false;

  get entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  /** The most requests that were being answered at one time. */
  get peakConcurrency(): number {
    return this.#peak;
  }

  /** The requests to one path, with one method when given. */
  to(path: string, method?: string): readonly LoggedRequest[] {
    return this.#entries.filter(
      (entry) => entry.path === path && (method === undefined || entry.method === method),
    );
  }

  /** The requests that carried this secret anywhere: in the address, a header or the body, within base64 as well. */
  withCredential(secret: string): readonly LoggedRequest[] {
    return this.#entries.filter((_entry, index) => {
      const request = this.#requests[index];
      return request !== undefined && carries(request, secret);
    });
  }

  /**
   * The first request, past or to come, for which `predicate` holds; asked when it arrives and again when its answer
   * is out.
   * @throws the signal's reason when it aborts first, what `predicate` throws, and when the simulator is closed
   */
  waitFor(
    predicate: (entry: LoggedRequest) => boolean,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<LoggedRequest> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        signal?.removeEventListener('abort', abort);
        this.#waiters.delete(waiter);
      };
      const abort = (): void => {
        waiter.reject(signal?.reason);
      };
      const waiter: Waiter = {
        predicate,
        resolve: (entry) => {
          leave();
          resolve(entry);
        },
        reject: (reason) => {
          leave();
          reject(reason instanceof Error ? reason : new Error(String(reason)));
        },
      };
      const existing = this.#entries.find(predicate);
      if (existing !== undefined) resolve(existing);
      else if (signal?.aborted === true) abort();
      else if (this.#closed) reject(closed());
      else {
        this.#waiters.add(waiter);
        signal?.addEventListener('abort', abort, { once: true });
      }
    });
  }

  /** Forgets what came so far, so that an assertion sees only what follows. */
  clear(): void {
    this.#offset += this.#entries.length;
    this.#entries.length = 0;
    this.#requests.length = 0;
    this.#peak = this.#pending;
  }

  /** Nothing more comes: whoever still waits is told. */
  close(): void {
    this.#closed = true;
    for (const waiter of [...this.#waiters]) waiter.reject(closed());
  }

  /** Notes an arrival. @returns the entry, and what to call once when its answer is out or broken off */
  begin(
    request: SimulatedRequest,
    receivedAt: Date,
  ): { readonly entry: LoggedRequest; readonly end: (status: number | undefined) => void } {
    const position = this.#offset + this.#entries.length;
    const entry = entryOf(request, position + 1, receivedAt);
    this.#entries.push(entry);
    this.#requests.push(request);
    this.#pending += 1;
    this.#peak = Math.max(this.#peak, this.#pending);
    this.#tell(entry);
    return {
      entry,
      end: (status) => {
        this.#pending -= 1;
        const ended: LoggedRequest =
          status === undefined ? { ...entry, outcome: 'broken' } : { ...entry, status, outcome: 'answered' };
        const index = position - this.#offset;
        if (index >= 0) this.#entries[index] = ended;
        this.#tell(ended);
      },
    };
  }

  #tell(entry: LoggedRequest): void {
    for (const waiter of [...this.#waiters]) {
      try {
        if (waiter.predicate(entry)) waiter.resolve(entry);
      } catch (error) {
        waiter.reject(error);
      }
    }
  }
}

function entryOf(request: SimulatedRequest, sequence: number, receivedAt: Date): LoggedRequest {
  const credential = credentialOf(request);
  return {
    sequence,
    method: request.method,
    surface: request.surface,
    origin: request.origin,
    path: request.path,
    query: redactedQuery(request),
    headers: redactedHeaders(request),
    body: redactedBody(request),
    ...(credential === undefined ? {} : { credential }),
    receivedAt,
    outcome: 'pending',
  };
}

function closed(): Error {
  return new Error('The simulator was closed before such a request came');
}
