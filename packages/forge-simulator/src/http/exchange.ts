import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from './clock.js';
import type { Delivery } from './delivery.js';
import { deliver } from './delivery.js';
import { applyEffect } from './fault-effects.js';
import type { EffectContext } from './fault-effects.js';
import { Faults } from './faults.js';
import type { SimulatedRequest, SimulatedResponse } from './message.js';
import { toBytes } from './message.js';
import type { LoggedRequest } from './request-log.js';
import { RequestLog } from './request-log.js';

/** Milliseconds before each answer, or how to tell them for a request. */
export type Latency = number | ((request: LoggedRequest) => number);
export type RequestHook = (request: LoggedRequest) => void | Promise<void>;

/** What a forge brings to an exchange. */
export interface ExchangeOptions {
  readonly clock: Clock;
  /** Called when the latency has passed. */
  readonly answer: (request: SimulatedRequest) => SimulatedResponse;
  /** Called on arrival, before any latency; what it returns is called when the answer is out. */
  readonly admit: (request: SimulatedRequest) => () => void;
  readonly withNextPage: EffectContext['withNextPage'];
}

/** What all simulators do with a request, whatever their forge: log, hooks, faults, latency, delivery. */
export class Exchange {
  readonly log = new RequestLog();
  readonly faults = new Faults();
  readonly #hooks = new Set<RequestHook>();
  readonly #closing = new AbortController();
  #latency: Latency = 0;

  constructor(readonly options: ExchangeOptions) {
    // Every request under way waits for it, which is no leak, however many they are.
    setMaxListeners(Infinity, this.#closing.signal);
  }

  setLatency(latency: Latency): void {
    this.#latency = latency;
  }

  /** Calls `hook` for every request before it is answered. @returns how to stop that */
  onRequest(hook: RequestHook): () => void {
    this.#hooks.add(hook);
    return () => {
      this.#hooks.delete(hook);
    };
  }

  /** Ends every wait; the connections are their origin's to close. */
  close(): void {
    this.#closing.abort();
    this.log.close();
  }

  async handle(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    locate: (url: URL) => Pick<SimulatedRequest, 'surface' | 'path'>,
    origin: string,
  ): Promise<void> {
    const { clock } = this.options;
    const signal = this.#closing.signal;
    const request = await readRequest(incoming, locate, origin);
    if (request === undefined) {
      outgoing.destroy();
      return;
    }
    const { entry, end } = this.log.begin(request, clock.now());
    const leave = this.options.admit(request);
    let status: number | undefined;
    try {
      for (const hook of [...this.#hooks]) await hook(entry);
      const delivery = await applyEffect(this.faults.take(entry), {
        request,
        entry,
        clock,
        signal,
        answer: async () => {
          const latency = typeof this.#latency === 'number' ? this.#latency : this.#latency(entry);
          if (latency > 0) await clock.sleep(latency, signal);
          return this.options.answer(request);
        },
        withNextPage: this.options.withNextPage,
      });
      status = await deliver(delivery, outgoing, clock, signal);
    } catch (error) {
      if (outgoing.headersSent) outgoing.destroy();
      else if (!signal.aborted) status = await deliver(failure(error), outgoing, clock, signal);
    } finally {
      leave();
      end(status);
    }
  }
}

/** A hook or an answer threw: that is a mistake in the test or the simulator, so it is said in the answer. */
function failure(error: unknown): Delivery {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const response = { status: 500, headers: { 'content-type': 'text/plain; charset=utf-8' } };
  return { kind: 'whole', response: toBytes({ ...response, body: `The simulator failed: ${words}` }) };
}

/** Reads a request whole. @returns nothing when it broke off or its target is no URL */
async function readRequest(
  incoming: IncomingMessage,
  locate: (url: URL) => Pick<SimulatedRequest, 'surface' | 'path'>,
  origin: string,
): Promise<SimulatedRequest | undefined> {
  incoming.setEncoding('utf8');
  let body = '';
  try {
    for await (const chunk of incoming) body += String(chunk);
  } catch {
    return undefined;
  }
  const target = incoming.url ?? '/';
  if (!URL.canParse(target, origin)) return undefined;
  const url = new URL(target, origin);
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  return {
    method: incoming.method ?? 'GET',
    origin,
    ...locate(url),
    url,
    query: url.searchParams,
    headers,
    body,
    remoteAddress: incoming.socket.remoteAddress ?? '',
  };
}
