import type { CallEvent } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { abortable, linkAbort } from '../abort.js';
import type { ResolvedContext } from '../context.js';
import { redactUrl, scrub } from '../redaction.js';
import type { Answer, ForgeRequest, Handler } from './message.js';
import { networkFailure } from './network-failure.js';
import { BodyTooLargeError, readBody } from './read-body.js';
import { tell } from './tell.js';
import { startWatchdog } from './watchdog.js';

export interface ExchangeOptions {
  readonly provider: string;
  readonly context: Pick<ResolvedContext, 'fetch' | 'clock' | 'logger'>;
  readonly timeouts: Timeouts;
  readonly maxBodyBytes: number;
}

export interface Timeouts {
  /** From sending to the answer's headers, connecting included. */
  readonly headersMs: number;
  /** Between two pieces of the answer's body. */
  readonly bodyIdleMs: number;
}

/** The bottom of the pipeline: sends one request and reads its answer whole, within the timeouts and the cap. */
export function createExchange({ provider, context, timeouts, maxBodyBytes }: ExchangeOptions): Handler {
  const { clock } = context;

  const timeout = (request: ForgeRequest, words: string, ms: number): ProviderError =>
    new ProviderError('timeout', `${request.url.host} ${words} for ${ms / 1_000} seconds.`, {
      provider,
      repair: { text: 'Check that it is up, and that no firewall drops the connection.' },
    });

  return async (request) => {
    request.signal.throwIfAborted();
    const run = linkAbort(request.signal);
    const startedAt = clock.now().getTime();
    let response: Response | undefined;
    const watchdog = startWatchdog(clock, timeouts.headersMs, () => {
      run.abort(
        response === undefined
          ? timeout(request, 'did not answer', timeouts.headersMs)
          : timeout(request, 'sent nothing more of its answer', timeouts.bodyIdleMs),
      );
    });
    try {
      response = await send(context.fetch, request, run.signal);
      const answeredAt = clock.now();
      watchdog.allow(timeouts.bodyIdleMs);
      const body = await readBody(response.body, {
        maxBytes: maxBodyBytes,
        signal: run.signal,
        onChunk: () => {
          watchdog.allow(timeouts.bodyIdleMs);
        },
      });
      return { url: request.url, status: response.status, headers: response.headers, body, answeredAt };
    } catch (error) {
      request.signal.throwIfAborted();
      return { ...unanswered(request, clock.now()), ...describe(provider, request, error, maxBodyBytes) };
    } finally {
      watchdog.stop();
      run.unlink();
      if (response !== undefined) {
        const durationMs = clock.now().getTime() - startedAt;
        for (const event of eventsOf(request, response, durationMs)) tell(request, context.logger, event);
      }
    }
  };
}

function eventsOf(
  { method, url, secrets }: ForgeRequest,
  { status, headers }: Response,
  durationMs: number,
): readonly CallEvent[] {
  const answered: CallEvent = {
    kind: 'request',
    method,
    url: scrub(redactUrl(url), secrets),
    status,
    durationMs,
  };
  if (!headers.has('deprecation') && !headers.has('sunset')) return [answered];
  const sunset = Date.parse(headers.get('sunset') ?? '');
  const endpoint = scrub(`${method} ${url.pathname}`, secrets);
  const date = Number.isNaN(sunset) ? undefined : new Date(sunset);
  return [answered, { kind: 'deprecated', endpoint, sunset: date }];
}

function send(
  fetch: typeof globalThis.fetch,
  { url, method, headers, body }: ForgeRequest,
  signal: AbortSignal,
): Promise<Response> {
  const sent = fetch(url.href, { method, headers, body: body ?? null, redirect: 'manual', signal });
  // A fetch that does not heed its signal still answers; nobody would read that.
  sent.then((late) => (signal.aborted ? late.body?.cancel() : undefined)).catch(() => undefined);
  return abortable(sent, signal);
}

function unanswered({ url }: ForgeRequest, answeredAt: Date): Answer {
  return { url, status: 0, headers: new Headers(), body: new Uint8Array(), answeredAt };
}

function describe(
  provider: string,
  request: ForgeRequest,
  error: unknown,
  maxBodyBytes: number,
): Pick<Answer, 'failure' | 'hopeless'> {
  if (ProviderError.is(error)) return { failure: error };
  if (error instanceof BodyTooLargeError) {
    const text = `The answer of ${request.url.host} is larger than ${maxBodyBytes} bytes.`;
    return { failure: new ProviderError('invalid_response', text, { provider }) };
  }
  return networkFailure(provider, request.url, error);
}
