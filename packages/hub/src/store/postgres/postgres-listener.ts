import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { MessageListener } from '../messages.js';
import type { PostgresAddress } from './database-url.js';

const connectTimeoutMs = 10_000;
/** How long to wait before the next attempt to connect: twice as long each time. */
const pausesMs = { shortest: 100, longest: 5_000 };
/** How often to make sure that somebody still answers at the other end, and how long that may take. */
const defaultHeartbeat = { everyMs: 10_000, timeoutMs: 5_000 };

/**
 * Hears what other processes tell with NOTIFY, on one connection of its own. It is made when somebody listens first, and
 * made again when it is lost.
 */
export class PostgresListener {
  readonly #address: PostgresAddress;
  readonly #heartbeat: Readonly<typeof defaultHeartbeat>;
  readonly #listeners = new Map<string, Set<MessageListener>>();
  readonly #closing = new AbortController();
  #client: pg.Client | undefined;
  #running: Promise<void> | undefined;

  constructor(address: PostgresAddress, heartbeat: Readonly<typeof defaultHeartbeat> = defaultHeartbeat) {
    this.#address = address;
    this.#heartbeat = heartbeat;
  }

  /** Whether it is connected. */
  get arriving(): boolean {
    return this.#client !== undefined;
  }

  /** Listens until the answer is called. */
  listen(channel: string, listener: MessageListener): () => void {
    const listeners = this.#listeners.get(channel) ?? new Set();
    const isNew = listeners.size === 0;
    this.#listeners.set(channel, listeners.add(listener));
    this.#running ??= this.#run();
    if (this.#client !== undefined) this.#join(this.#client, channel, isNew, listener);
    return () => {
      listeners.delete(listener);
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  #join(client: pg.Client, channel: string, isNew: boolean, listener: MessageListener): void {
    const joined = isNew ? client.query(listenTo(channel)) : Promise.resolve();
    joined.then(
      () => {
        listener.arriving();
      },
      // The connection is lost; whoever listens is told when there is another.
      () => undefined,
    );
  }

  async #run(): Promise<void> {
    let pauseMs = pausesMs.shortest;
    while (!this.#closing.signal.aborted) {
      const connected = await this.#listenOnce();
      pauseMs = connected ? pausesMs.shortest : Math.min(pauseMs * 2, pausesMs.longest);
      await pause(pauseMs, this.#closing.signal);
    }
  }

  /** Listens until the connection is lost or this is closed. Says whether there ever was one. */
  async #listenOnce(): Promise<boolean> {
    const { connectionString, ssl } = this.#address;
    const socket = new Socket();
    const client = new pg.Client({
      connectionString,
      ssl,
      application_name: 'anyforge',
      keepAlive: true,
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: this.#heartbeat.timeoutMs,
      stream: () => socket,
    });
    const lost = new AbortController();
    const isLost = (): boolean => lost.signal.aborted;
    const lose = (): void => {
      lost.abort();
    };
    client.on('error', lose);
    client.on('end', lose);
    client.on('notification', ({ channel, payload = '' }) => {
      for (const listener of this.#listeners.get(channel) ?? []) listener.heard(payload);
    });
    const close = (): void => {
      lose();
      // Whoever does not answer yet may never do.
      if (this.#client === undefined) socket.destroy();
    };
    this.#closing.signal.addEventListener('abort', close);
    let connected = false;
    try {
      await client.connect();
      for (const channel of this.#listeners.keys()) await client.query(listenTo(channel));
      connected = true;
      this.#client = client;
      for (const listeners of this.#listeners.values()) for (const listener of listeners) listener.arriving();
      while (!isLost()) {
        await pause(this.#heartbeat.everyMs, lost.signal);
        if (!isLost()) await client.query('select 1');
      }
    } catch {
      // Whatever it was, the next attempt comes after a pause, and the pool says what is wrong to those who ask it.
    } finally {
      this.#client = undefined;
      this.#closing.signal.removeEventListener('abort', close);
      // It may never be answered.
      client.end().catch(() => undefined);
    }
    return connected;
  }
}

function listenTo(channel: string): string {
  return `listen ${pg.escapeIdentifier(channel)}`;
}

/** Returns early when the signal aborts. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}
