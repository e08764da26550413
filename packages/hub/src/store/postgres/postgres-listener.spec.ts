import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Store } from '../store.js';
import { TestClock } from '../../testing/test-clock.js';
import { databaseOf, openTestStore } from '../../testing/test-database.js';
import { PostgresListener } from './postgres-listener.js';

/** What is heard on a channel, in order: texts, and `undefined` each time that messages begin to arrive. */
class Ear {
  readonly #heard: (string | undefined)[] = [];
  #wake = (): void => undefined;
  readonly stop: () => void;

  constructor({ messages }: Store, channel: string) {
    if (messages === undefined) throw new Error('One process alone has this database.');
    const hear = (text: string | undefined): void => {
      this.#heard.push(text);
      this.#wake();
    };
    this.stop = messages.listen(channel, {
      heard: hear,
      arriving: () => {
        hear(undefined);
      },
    });
  }

  async next(): Promise<string | undefined> {
    while (this.#heard.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#heard.shift();
  }
}

describe('messages between processes', () => {
  let folder: string;
  let one: Store;
  let other: Store;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    one = await openTestStore(folder, new TestClock());
    other = await openTestStore(folder, new TestClock());
  });

  afterEach(async () => {
    await one.close();
    await other.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('reach everyone who listens to their channel, and nobody else', async () => {
    const ears = [new Ear(one, 'news'), new Ear(other, 'news'), new Ear(other, 'weather')];
    for (const ear of ears) expect(await ear.next()).toBeUndefined();
    await one.messages?.send('news', 'first "word"');
    await one.messages?.send('weather', 'rain');
    await other.messages?.send('news', 'second');
    for (const ear of ears.slice(0, 2)) {
      expect([await ear.next(), await ear.next()]).toEqual(['first "word"', 'second']);
    }
    expect(await ears[2]?.next()).toBe('rain');
  });

  it('are heard no more by whoever has stopped listening', async () => {
    const [left, stays] = [new Ear(one, 'news'), new Ear(one, 'news')];
    expect([await left.next(), await stays.next()]).toEqual([undefined, undefined]);
    left.stop();
    let heard = false;
    void left.next().then(() => {
      heard = true;
    });
    await other.messages?.send('news', 'late');
    expect(await stays.next()).toBe('late');
    expect(heard).toBe(false);
  });

  it('arrive again after the connection was cut, and whoever listens is told that some may be missing', async () => {
    const ear = new Ear(one, 'news');
    expect(one.messages?.arriving).toBe(false);
    expect(await ear.next()).toBeUndefined();
    expect(one.messages?.arriving).toBe(true);
    for (let round = 0; round < 3; round += 1) {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query ilike 'listen%'`.execute(other.database);
      expect(await ear.next()).toBeUndefined();
      await other.messages?.send('news', String(round));
      expect(await ear.next()).toBe(String(round));
    }
  });

  /** A way to the server, or to nobody who answers; `sockets` are those that have come. */
  async function openWay(to?: URL) {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      if (to === undefined) return;
      const upstream = connect(Number(to.port), to.hostname);
      upstream.on('error', () => undefined);
      socket.on('close', () => upstream.destroy());
      socket.pipe(upstream).pipe(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It has no port.');
    const url = to ?? new URL('postgresql://ada@127.0.0.1/forge');
    const way = new URL(url);
    way.port = String(address.port);
    const close = async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    };
    return {
      address: { connectionString: way.href, ssl: false, shown: '' },
      server,
      sockets,
      close,
    } as const;
  }

  it('arrive again after the other end has fallen silent', async () => {
    const way = await openWay(new URL((await databaseOf(folder))?.url ?? ''));
    const listener = new PostgresListener(way.address, { everyMs: 20, timeoutMs: 200 });
    let arriving = 0;
    let wake = (): void => undefined;
    listener.listen('news', {
      heard: () => undefined,
      arriving: () => {
        arriving += 1;
        wake();
      },
    });
    const arrivals = async (count: number) => {
      while (arriving < count) await new Promise<void>((resolve) => (wake = resolve));
    };
    await arrivals(1);
    for (const socket of way.sockets) socket.unpipe();
    await arrivals(2);
    expect(way.sockets).toHaveLength(2);
    await listener.close();
    await way.close();
  });

  it('are waited for no more once it is closed, though nobody has answered yet', async () => {
    const way = await openWay();
    const listener = new PostgresListener(way.address);
    listener.listen('news', { heard: () => undefined, arriving: () => undefined });
    await once(way.server, 'connection');
    const closingAt = performance.now();
    await listener.close();
    expect(performance.now() - closingAt).toBeLessThan(3_000);
    await way.close();
  });
});
