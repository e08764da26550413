import type { ServerResponse } from 'node:http';
import type { Clock } from './clock.js';
import type { SimulatedResponse } from './message.js';

/** How an answer goes out on the connection. */
export type Delivery =
  | { readonly kind: 'whole'; readonly response: SimulatedResponse }
  | { readonly kind: 'reset' }
  | { readonly kind: 'silence' }
  | { readonly kind: 'headers-only'; readonly response: SimulatedResponse }
  | { readonly kind: 'cut'; readonly response: SimulatedResponse; readonly bytes: number | undefined }
  | {
      readonly kind: 'dripping';
      readonly response: SimulatedResponse;
      readonly chunkBytes: number;
      readonly delayMs: number;
    };

/** Writes an answer out. @returns the status when the answer went out whole, once it has */
export async function deliver(
  delivery: Delivery,
  outgoing: ServerResponse,
  clock: Clock,
  signal: AbortSignal,
): Promise<number | undefined> {
  switch (delivery.kind) {
    case 'reset':
      outgoing.socket?.resetAndDestroy();
      return undefined;
    case 'silence':
      await closed(outgoing);
      return undefined;
    case 'headers-only':
      writeHead(outgoing, delivery.response);
      outgoing.flushHeaders();
      await closed(outgoing);
      return undefined;
    case 'cut': {
      const bytes = delivery.response.body;
      writeHead(outgoing, delivery.response);
      await write(outgoing, bytes.subarray(0, delivery.bytes ?? Math.floor(bytes.length / 2)));
      outgoing.destroy();
      return undefined;
    }
    case 'dripping': {
      const bytes = delivery.response.body;
      writeHead(outgoing, delivery.response);
      outgoing.flushHeaders();
      for (let start = 0; start < bytes.length; start += delivery.chunkBytes) {
        await clock.sleep(delivery.delayMs, signal);
        if (outgoing.destroyed) return undefined;
        await write(outgoing, bytes.subarray(start, start + delivery.chunkBytes));
      }
      return end(outgoing, delivery.response.status);
    }
    case 'whole':
      writeHead(outgoing, delivery.response);
      return end(outgoing, delivery.response.status, delivery.response.body);
  }
}

function writeHead(outgoing: ServerResponse, { status, headers, body }: SimulatedResponse): void {
  const bodiless = status === 304 || status === 204;
  const length = bodiless ? {} : { 'content-length': String(body.length) };
  outgoing.writeHead(status, { ...headers, ...length });
}

function write(outgoing: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    outgoing.write(bytes, () => {
      resolve();
    });
  });
}

function end(outgoing: ServerResponse, status: number, body?: Buffer): Promise<number | undefined> {
  return new Promise((resolve) => {
    if (outgoing.destroyed) {
      resolve(undefined);
      return;
    }
    outgoing.once('close', () => {
      resolve(outgoing.writableFinished ? status : undefined);
    });
    outgoing.once('finish', () => {
      resolve(status);
    });
    outgoing.end(body);
  });
}

function closed(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (outgoing.destroyed) resolve();
    else
      outgoing.once('close', () => {
        resolve();
      });
  });
}
