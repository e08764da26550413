import type { Clock } from './clock.js';
import type { Delivery } from './delivery.js';
import type { FaultEffect } from './faults.js';
import type { SimulatedRequest, SimulatedResponse, TextResponse } from './message.js';
import { toBytes, toText } from './message.js';
import type { LoggedRequest } from './request-log.js';

export interface EffectContext {
  readonly request: SimulatedRequest;
  readonly entry: LoggedRequest;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Makes the forge's own answer. */
  readonly answer: () => Promise<SimulatedResponse>;
  /** Makes an address the answer's next page, in the forge's own way of saying it. */
  readonly withNextPage: (response: SimulatedResponse, url: string) => SimulatedResponse;
}

/** What goes out on the connection when a request meets a fault, or none. */
export async function applyEffect(
  effect: FaultEffect | undefined,
  context: EffectContext,
): Promise<Delivery> {
  const { answer, request } = context;
  if (effect === undefined) return whole(await answer());
  switch (effect.kind) {
    case 'respond':
      return whole(toBytes(responded(effect)));
    case 'html-page':
      return whole(toBytes(htmlPage(effect.status ?? 502)));
    case 'redirect':
      return whole({
        status: effect.status ?? 302,
        headers: { location: effect.location },
        body: Buffer.alloc(0),
      });
    case 'reset':
      return { kind: 'reset' };
    case 'hang-before-headers':
      return { kind: 'silence' };
    case 'hang-after-headers':
      return { kind: 'headers-only', response: await answer() };
    case 'cut-body':
      return { kind: 'cut', response: await answer(), bytes: effect.bytes };
    case 'cut-json': {
      const response = await answer();
      return whole({ ...response, body: response.body.subarray(0, Math.floor(response.body.length / 2)) });
    }
    case 'slow-body':
      return { ...effect, kind: 'dripping', response: await answer() };
    case 'delay':
      await context.clock.sleep(effect.ms, context.signal);
      return whole(await answer());
    case 'next-link':
      return whole(context.withNextPage(await answer(), effect.url));
    case 'link-loop':
      return whole(context.withNextPage(await answer(), request.url.href));
    case 'add-headers': {
      const response = await answer();
      return whole({ ...response, headers: { ...response.headers, ...effect.headers } });
    }
    case 'edit':
      return whole(toBytes(effect.edit(toText(await answer()), request)));
    case 'run':
      await effect.action(context.entry);
      return whole(await answer());
  }
}

function whole(response: SimulatedResponse): Delivery {
  return { kind: 'whole', response };
}

function responded(effect: Extract<FaultEffect, { kind: 'respond' }>): TextResponse {
  const { status, headers = {}, body = '' } = effect;
  if (typeof body === 'string') return { status, headers, body };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

function htmlPage(status: number): TextResponse {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
    body: `<!DOCTYPE html>\n<html><head><title>${status}</title></head><body><h1>Something went wrong</h1></body></html>\n`,
  };
}
