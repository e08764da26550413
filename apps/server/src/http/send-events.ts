import type { Response } from 'express';
import { randomInt } from 'node:crypto';
import { toProblem } from './problems.js';
import type { ServerSentEvent } from './route.js';
import { eventStreamType } from './route.js';
import type { TextWriting } from './write-text.js';
import { writeText } from './write-text.js';

/** Shorter than what proxies take for dead, and the longest that somebody goes on reading who may no more. */
const beatMs = 15_000;
/** When a browser asks again after it has lost the connection. */
const reconnectMs = 2_000;
/** The same when the server has ended it: not all at once, and another server may have to start first. */
const reconnectLaterMs = { from: 1_000, to: 5_000 };

export interface EventSending extends TextWriting {
  /** Rejects, with what is then told, when whoever reads may no more. */
  readonly stillAdmitted: () => Promise<void>;
}

/**
 * Sends each event as soon as it is there, and a comment every 15 seconds. What goes wrong is told in a last event
 * `problem`. No event is asked for before there is room for it.
 */
export async function sendEvents(
  response: Response,
  events: AsyncIterable<ServerSentEvent>,
  { clock, signal, stillAdmitted }: EventSending,
): Promise<void> {
  // Proxies would collect the events otherwise.
  response.type(eventStreamType).set('X-Accel-Buffering', 'no');
  if (response.req.method === 'HEAD') {
    response.end();
    return;
  }
  const write = (text: string): Promise<void> => writeText(response, text, { clock, signal });
  const ended = new AbortController();
  const beat = async (): Promise<'beat'> => {
    await clock.sleep(beatMs, ended.signal);
    return 'beat';
  };
  const iterator = events[Symbol.asyncIterator]();
  try {
    await write(`retry: ${String(reconnectMs)}\n\n`);
    let next = iterator.next();
    let pulse = beat();
    for (;;) {
      const happened = await Promise.race([pulse, next]);
      if (happened === 'beat') {
        await stillAdmitted();
        await write(':\n\n');
        pulse = beat();
        continue;
      }
      if (happened.done === true) break;
      await write(toText(happened.value));
      next = iterator.next();
    }
  } catch (error) {
    if (response.destroyed) return;
    const retry = randomInt(reconnectLaterMs.from, reconnectLaterMs.to);
    response.write(toText({ name: 'problem', retry, data: toProblem(error, response.req) }));
  } finally {
    ended.abort();
  }
  response.end();
}

function toText({ name, id, retry, data }: ServerSentEvent & { readonly retry?: number }): string {
  const lines = [
    `event: ${name}`,
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(retry === undefined ? [] : [`retry: ${String(retry)}`]),
    `data: ${JSON.stringify(data)}`,
  ];
  return `${lines.join('\n')}\n\n`;
}
