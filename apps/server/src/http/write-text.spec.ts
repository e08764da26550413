import { afterEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '@anyforge/core';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { z } from 'zod';
import type { Answer, Route } from './route.js';
import { eventStreamType, lineType, personalRoute } from './route.js';
import { ada, closeServed, serveRoutes } from './serve-routes.fixture.js';

afterEach(closeServed);

/** Half a minute passes when a test says so, and everything else lasts for ever. */
class PatienceClock implements Clock {
  /** Somebody waits for a reader. */
  readonly waiting: Promise<void>;
  #tellWaiting = (): void => undefined;
  #pass = (): void => undefined;

  constructor() {
    this.waiting = new Promise((resolve) => {
      this.#tellWaiting = resolve;
    });
  }

  now(): Date {
    return new Date(0);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(new Error('Aborted.'));
      });
      if (ms !== 30_000) return;
      this.#pass = resolve;
      this.#tellWaiting();
    });
  }

  pass(): void {
    this.#pass();
  }
}

const text = 'x'.repeat(64 * 1024);
/** More than the machine holds for a reader. */
const pieces = 2_000;

const answers: Readonly<Record<string, { readonly contentType: string; readonly answer: () => Answer }>> = {
  events: {
    contentType: eventStreamType,
    answer: () => ({ status: 200, events: many({ name: 'thing', data: text }) }),
  },
  lines: { contentType: lineType, answer: () => ({ status: 200, lines: many(text) }) },
};

async function* many<Piece>(piece: Piece): AsyncGenerator<Piece, void, undefined> {
  for (let made = 0; made < pieces; made += 1) {
    yield piece;
    await Promise.resolve();
  }
}

function routeOf(kind: string): Route {
  const { contentType = '', answer = () => ({ status: 204 }) } = answers[kind] ?? {};
  return personalRoute({
    operation: 'test',
    summary: 'A test',
    tag: 'Tests',
    method: 'get',
    path: '/things',
    access: 'read',
    answers: { 200: { description: 'Things', schema: z.unknown(), contentType } },
    handle: answer,
  });
}

/** Asks, and reads nothing of the answer until it is told to. */
async function ask(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) }).pause();
  // Who is given up may be told so by a reset.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write('GET /api/v1/things HTTP/1.1\r\nHost: localhost\r\n\r\n');
  return socket;
}

/** What there was for it until the connection ended. */
async function takeAll(socket: Socket): Promise<{ readonly bytes: number; readonly problem: boolean }> {
  let bytes = 0;
  let problem = false;
  socket.on('data', (chunk) => {
    bytes += chunk.length;
    problem ||= chunk.includes('problem');
  });
  socket.resume();
  await once(socket, 'close');
  return { bytes, problem };
}

describe.each(Object.keys(answers))('whoever takes nothing of an answer of %s', (kind) => {
  it.each(['after half a minute', 'at once when the server stops'])('is given up %s', async (when) => {
    const clock = new PatienceClock();
    const served = await serveRoutes([routeOf(kind)], { caller: ada, clock });
    const socket = await ask(served.url);
    await clock.waiting;
    if (when === 'after half a minute') clock.pass();
    else served.stop();
    const { bytes, problem } = await takeAll(socket);
    expect(bytes).toBeLessThan(pieces * text.length);
    expect(problem).toBe(false);
  });
});
