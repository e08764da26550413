import type { SimulatedRequest, Surface } from './message.js';
import { hashCredential } from './message.js';

export interface LoggedRequest {
  /** 1 for the first request. */
  readonly sequence: number;
  readonly method: string;
  readonly surface: Surface;
  readonly origin: string;
  /** Below the surface's root: '/user/repos'. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name; `authorization` holds the scheme and the credential's hash, never the credential. */
  readonly headers: Readonly<Record<string, string>>;
  /** Absent when the request came without a credential. Compare `hash` with `hashCredential(token)`. */
  readonly credential?: { readonly scheme: string; readonly hash: string };
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
  readonly #waiters = new Set<Waiter>();
  #pending = 0;
  #peak = 0;
  #offset = 0;

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

  /** The requests that carried this very credential. */
  withCredential(secret: string): readonly LoggedRequest[] {
    const hash = hashCredential(secret);
    return this.#entries.filter((entry) => entry.credential?.hash === hash);
  }

  /**
   * The first request, past or to come, for which `predicate` holds; asked when it arrives and again when its answer
   * is out.
   * @throws the signal's reason when it aborts first, and what `predicate` throws
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
    this.#peak = this.#pending;
  }

  /** Notes an arrival. @returns the entry, and what to call once when its answer is out or broken off */
  begin(
    request: SimulatedRequest,
    receivedAt: Date,
  ): { readonly entry: LoggedRequest; readonly end: (status: number | undefined) => void } {
    const position = this.#offset + this.#entries.length;
    const entry = entryOf(request, position + 1, receivedAt);
    this.#entries.push(entry);
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
  const credential = credentialOf(request.headers.get('authorization'));
  const headers = Object.fromEntries(request.headers);
  if (credential !== undefined) headers['authorization'] = `${credential.scheme} sha256:${credential.hash}`;
  return {
    sequence,
    method: request.method,
    surface: request.surface,
    origin: request.origin,
    path: request.path,
    query: Object.fromEntries(request.query),
    headers,
    ...(credential === undefined ? {} : { credential }),
    receivedAt,
    outcome: 'pending',
  };
}

function credentialOf(header: string | null): LoggedRequest['credential'] {
  if (header === null || header === '') return undefined;
  const space = header.indexOf(' ');
  if (space < 0) return { scheme: '', hash: hashCredential(header) };
  return { scheme: header.slice(0, space), hash: hashCredential(header.slice(space + 1).trim()) };
}
