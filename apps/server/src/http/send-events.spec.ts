import { afterEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '@anyforge/core';
import type { Caller } from '@anyforge/hub';
import { HubError } from '@anyforge/hub';
import type { Request } from 'express';
import { once } from 'node:events';
import { z } from 'zod';
import { blocksOf, readBlock } from '../testing/event-stream.js';
import type { ServerSentEvent } from './route.js';
import { eventStreamType, personalRoute } from './route.js';
import { ada, closeServed, serveRoutes } from './serve-routes.fixture.js';

afterEach(closeServed);

/** Time passes when a test says so. */
class HeartClock implements Clock {
  readonly sleeping: { readonly ms: number; readonly wake: () => void }[] = [];
  /** Called when somebody sleeps no longer though the time has not passed. */
  roused = (): void => undefined;

  now(): Date {
    return new Date(0);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { ms, wake: resolve };
      this.sleeping.push(sleeper);
      signal?.addEventListener('abort', () => {
        const place = this.sleeping.indexOf(sleeper);
        if (place !== -1) this.sleeping.splice(place, 1);
        reject(new Error('Aborted.'));
        this.roused();
      });
    });
  }

  /** Lets whoever sleeps go on. */
  beat(): void {
    for (const { wake } of this.sleeping.splice(0)) wake();
  }
}

type Telling = (signal: AbortSignal) => AsyncIterable<ServerSentEvent>;

function telling(events: Telling) {
  return personalRoute({
    operation: 'test',
    summary: 'A test',
    tag: 'Tests',
    method: 'get',
    path: '/events',
    access: 'read',
    answers: { 200: { description: 'Events', schema: z.unknown(), contentType: eventStreamType } },
    handle: ({ signal }) => ({ status: 200, events: events(signal) }),
  });
}

/** Tells these, and then nothing until whoever reads has gone or the server stops. */
async function* endless(signal: AbortSignal, ...events: readonly ServerSentEvent[]) {
  yield* events;
  await once(signal, 'abort');
  throw signal.reason;
}

async function read(url: string, signal?: AbortSignal) {
  const response = await fetch(`${url}/events`, signal === undefined ? {} : { signal });
  if (response.body === null) throw new Error('There is nothing to read.');
  const blocks = blocksOf(response.body);
  const next = async () => (await blocks.next()).value;
  return { response, next };
}

describe('an answer that comes event by event', () => {
  it('is what EventSource reads, and kept by nobody in between', async () => {
    const route = telling(async function* () {
      await Promise.resolve();
      yield { name: 'thing', id: '7', data: { text: 'one\ntwo' } };
      yield { name: 'other', data: null };
    });
    const { url } = await serveRoutes([route], { caller: ada });
    const response = await fetch(`${url}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(await response.text()).toBe(
      'retry: 2000\n\nevent: thing\nid: 7\ndata: {"text":"one\\ntwo"}\n\nevent: other\ndata: null\n\n',
    );
  });

  it('shows that it lives while nothing happens, and the events in between', async () => {
    const clock = new HeartClock();
    let tell = (): void => undefined;
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const route = telling(async function* (signal) {
      await told;
      yield* endless(signal, { name: 'thing', data: 1 });
    });
    const { url } = await serveRoutes([route], { caller: ada, clock });
    const { next } = await read(url);
    expect(await next()).toBe('retry: 2000');
    expect(clock.sleeping.map(({ ms }) => ms)).toEqual([15_000]);
    clock.beat();
    expect(await next()).toBe(':');
    tell();
    expect(await next()).toBe('event: thing\ndata: 1');
    clock.beat();
    expect(await next()).toBe(':');
  });

  it('ends for whoever is let in no more, with the reason, while events come and while none do', async () => {
    const clock = new HeartClock();
    let caller: Caller | undefined = ada;
    let left = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      left = resolve;
    });
    const route = telling((signal) => {
      signal.addEventListener('abort', left);
      return endless(signal);
    });
    const { url } = await serveRoutes([route], { caller: () => Promise.resolve(caller), clock });
    const { next } = await read(url);
    await next();
    caller = undefined;
    clock.beat();
    const [event] = readBlock((await next()) ?? '');
    expect(event).toMatchObject({ name: 'problem', data: expect.stringContaining('"not_signed_in"') });
    expect(await next()).toBeUndefined();
    await ended;
  });

  it('ends with a problem, and with when to ask again, when the server stops', async () => {
    const served = await serveRoutes([telling((signal) => endless(signal, { name: 'thing', data: 1 }))], {
      caller: ada,
    });
    const { next } = await read(served.url);
    await next();
    await next();
    served.stop();
    expect(await next()).toMatch(/^event: problem\nretry: [1-4]\d{3}\ndata: .*"code":"closed"/);
    expect(await next()).toBeUndefined();
  });

  it('tells nobody but the log of a fault of ours', async () => {
    const route = telling(async function* () {
      yield { name: 'thing', data: 1 };
      await Promise.resolve();
      throw new Error('a fault of ours');
    });
    const { url, logged } = await serveRoutes([route], { caller: ada });
    const text = await (await fetch(`${url}/events`)).text();
    expect(text).toContain('"code":"internal"');
    expect(text).not.toContain('a fault of ours');
    expect(JSON.stringify(logged)).toContain('a fault of ours');
  });

  it('has a status of its own for whoever is not let in', async () => {
    const { url } = await serveRoutes([telling(() => endless(new AbortController().signal))]);
    const response = await fetch(`${url}/events`);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('is not begun for whoever asks for its headers alone', async () => {
    const route = telling(async function* () {
      await Promise.resolve();
      throw new HubError('closed', 'Begun.');
      yield { name: 'thing', data: 1 };
    });
    const { url, logged } = await serveRoutes([route], { caller: ada });
    const response = await fetch(`${url}/events`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(JSON.stringify(logged)).not.toContain('Begun');
  });

  it('ends when nobody reads it any more, and sleeps no longer', async () => {
    const clock = new HeartClock();
    const roused = new Promise<void>((resolve) => {
      clock.roused = resolve;
    });
    const leaving = new AbortController();
    let hasEnded = false;
    const route = telling(async function* (signal) {
      try {
        yield* endless(signal, { name: 'thing', data: 1 });
      } finally {
        hasEnded = true;
      }
    });
    const { url } = await serveRoutes([route], { caller: ada, clock });
    const { next } = await read(url, leaving.signal);
    await next();
    await next();
    expect(clock.sleeping).toHaveLength(1);
    leaving.abort();
    await roused;
    expect([hasEnded, clock.sleeping]).toEqual([true, []]);
  });

  it('is not begun when whoever asks has gone before it was known who that is', async () => {
    let goOn = (): void => undefined;
    const known = new Promise<Caller>((resolve) => {
      goOn = () => {
        resolve(ada);
      };
    });
    let asked = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      asked = resolve;
    });
    let begin = (_aborted: boolean): void => undefined;
    const begun = new Promise<boolean>((resolve) => {
      begin = resolve;
    });
    const route = telling((signal) => {
      begin(signal.aborted);
      return endless(signal);
    });
    const caller = (request: Request): Promise<Caller> => {
      request.res?.once('close', goOn);
      asked();
      return known;
    };
    const { url } = await serveRoutes([route], { caller });
    const leaving = new AbortController();
    const answer = fetch(`${url}/events`, { signal: leaving.signal });
    await arrived;
    leaving.abort();
    await expect(answer).rejects.toThrow('abort');
    expect(await begun).toBe(true);
  });

  it('is refused to whoever reads twenty, and to nobody else, until one of them has ended', async () => {
    let personId = 'ada';
    const caller = () => Promise.resolve({ ...ada, personId });
    const { url } = await serveRoutes([telling((signal) => endless(signal))], { caller });
    const leaving = new AbortController();
    const first = await read(url, leaving.signal);
    for (let open = 1; open < 20; open += 1) expect((await read(url)).response.status).toBe(200);
    const refused = await fetch(`${url}/events`);
    expect([refused.status, await refused.json()]).toEqual([
      429,
      expect.objectContaining({ code: 'too_many_streams' }),
    ]);
    personId = 'grace';
    expect((await read(url)).response.status).toBe(200);
    personId = 'ada';
    leaving.abort();
    await first.next().catch(() => undefined);
    const again = async (): Promise<number> => {
      const { status } = (await read(url)).response;
      return status === 429 ? again() : status;
    };
    expect(await again()).toBe(200);
  });

  it('is made no faster than it is read', async () => {
    let made = 0;
    const data = 'x'.repeat(64 * 1024);
    const route = telling(async function* () {
      while (made < 2_000) {
        made += 1;
        yield { name: 'thing', data };
        await Promise.resolve();
      }
    });
    const { url } = await serveRoutes([route], { caller: ada });
    const leaving = new AbortController();
    const { next } = await read(url, leaving.signal);
    await next();
    // Without a pause in between it would all have been made by now.
    await fetch(`${url}/nothing`);
    expect(made).toBeLessThan(2_000);
    leaving.abort();
  });
});
