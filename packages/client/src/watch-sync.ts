import type { ApiError } from './api-error.js';
import { ApiUnreachable } from './api-error.js';
import type { Send } from './calls.js';
import type { Sync } from './generated/api.js';
import type { SignalOption } from './operations.js';
import { parseJson, toApiError, unexpectedAnswer } from './read-problem.js';
import { chunksOf } from './streams/chunks.js';
import type { StreamEvent } from './streams/events.js';
import { eventsOf } from './streams/events.js';
import { linesOf } from './streams/lines.js';
import type { Timers } from './timers.js';
import { delayBefore, isPassing } from './try-again.js';

export interface WatchOptions extends SignalOption {
  /** A revision that was seen: what is told is newer. */
  readonly after?: number | undefined;
  /** Told of whatever ended the connection, which is then opened again. */
  readonly onInterrupted?: ((error: ApiError | ApiUnreachable) => void) | undefined;
}

export interface WatchParts {
  readonly send: Send;
  readonly timers: Timers;
}

/** The server sends something every 15 seconds at least. */
const maxQuietMs = 45_000;
/** Whoever has listened this long was connected well. */
const steadyMs = 20_000;
const firstRetryMs = 2_000;
const lostMessage = 'The connection was lost before the sync had ended.';

/**
 * A sync as it is, and again after each change, until it has ended. A connection that is lost is opened again, for as
 * long as the caller wants.
 *
 * @throws ApiError when the server refuses, and not for the moment only; the signal's reason when it is aborted.
 */
export async function* watchSync(
  parts: WatchParts,
  id: string,
  { after, signal, onInterrupted }: WatchOptions = {},
): AsyncGenerator<Sync, void, undefined> {
  const { timers } = parts;
  let seen = after === undefined ? undefined : String(after);
  let retryMs = firstRetryMs;
  let failures = 0;
  for (;;) {
    const openedAt = timers.now();
    try {
      for await (const event of openEvents(parts, id, { seen, signal })) {
        retryMs = event.retryMs ?? retryMs;
        const sync = readEvent(event);
        if (sync === undefined) continue;
        seen = event.id ?? seen;
        failures = 0;
        yield sync;
        if (sync.finishedAt !== undefined) return;
      }
      return;
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (timers.now() - openedAt > steadyMs) failures = 0;
      failures += 1;
      onInterrupted?.(error);
      await timers.sleep(delayBefore(failures, { error, retryMs, timers }), signal);
    }
  }
}

/** Ends where the sync has ended, and that was seen. */
async function* openEvents(
  { send, timers }: WatchParts,
  id: string,
  { seen, signal }: { readonly seen: string | undefined } & SignalOption,
): AsyncGenerator<StreamEvent, void, undefined> {
  const response = await send('get', '/syncs/{id}/events', {
    params: {
      path: { id },
      header: { accept: 'text/event-stream', ...(seen === undefined ? {} : { 'Last-Event-ID': seen }) },
    },
    signal,
  });
  if (response.status === 204) return;
  const { body, headers } = response;
  if (body === null || !headers.get('content-type')?.startsWith('text/event-stream'))
    throw unexpectedAnswer(response);
  yield* eventsOf(linesOf(chunksOf(body, { timers, maxQuietMs, signal, lostMessage })));
  throw new ApiUnreachable(lostMessage);
}

/** @returns undefined for an event of a kind that may be added one day. */
function readEvent({ name, data }: StreamEvent): Sync | undefined {
  const value = parseJson(data);
  if (name === 'problem') {
    // Whether it lasts is seen by asking again.
    const cause = toApiError(value);
    throw new ApiUnreachable(cause?.message ?? 'The server has ended the stream.', { cause });
  }
  // The server answers as it describes itself.
  return name === 'sync' ? (value as Sync) : undefined;
}
