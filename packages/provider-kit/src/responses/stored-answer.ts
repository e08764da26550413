import { types } from 'node:util';
import type { CachedResponse } from '@anyforge/core';
import { withoutByteOrderMark } from '../answers/read-json.js';
import { largeBytes, ownTurn } from '../answers/turns.js';
import type { Answer } from '../transport/message.js';

/** An answer as it lies in a cache: nothing is decoded, which would take longer than all the rest. */
export interface StoredAnswer {
  readonly etag: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** Larger bodies cost the cache more than they save the forge. */
const mostBytes = 2 * 1024 * 1024;

/** What belongs to one message or one connection, or could sign somebody in. */
const unstoredHeaders: ReadonlySet<string> = new Set([
  'age',
  'authentication-info',
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'keep-alive',
  'proxy-authenticate',
  'set-cookie',
  'transfer-encoding',
  'www-authenticate',
]);

/** What a 304 says of itself, not of the answer that it stands for. */
const ownHeaders: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-length',
  'content-type',
  'etag',
]);

/** The entry to keep of an answer, without some of its headers; undefined when it is not to be kept. */
export function toEntry(
  { status, headers, body, failure }: Answer,
  callerHeaders: readonly string[],
): CachedResponse | undefined {
  const etag = headers.get('etag');
  if (failure !== undefined || status !== 200 || etag === null || body.byteLength > mostBytes)
    return undefined;
  if (/\bno-store\b/i.test(headers.get('cache-control') ?? '')) return undefined;
  if (headers.get('vary')?.includes('*') === true) return undefined;
  const type = headers.get('content-type');
  if (type !== null && !/\bjson\b/i.test(type)) return undefined;
  if (isList(body) && !headers.has('link')) return undefined;
  const kept = [...headers].filter(([name]) => !unstoredHeaders.has(name) && !callerHeaders.includes(name));
  return { etag, value: { headers: kept, body } };
}

/** Reads an entry, which another version of this package, or anything else, may have written. */
export function fromEntry(entry: CachedResponse | undefined): StoredAnswer | undefined {
  if (typeof entry?.etag !== 'string' || !isObject(entry.value)) return undefined;
  const { headers, body } = entry.value;
  if (!types.isUint8Array(body) || !Array.isArray(headers) || !headers.every(isHeader)) return undefined;
  return { etag: entry.etag, headers, body };
}

/**
 * The stored answer as the forge would give it now: what the 304 tells wins over what was told then.
 *
 * @returns undefined when the 304 does not vouch for it: it names another ETag, or leaves out the links of a listing.
 * When a full page gets a successor, its links change and its body does not, so that old links would end it early.
 */
export function revive({ etag, headers, body }: StoredAnswer, notModified: Answer): Answer | undefined {
  const named = notModified.headers.get('etag');
  if (named !== null && opaqueOf(named) !== opaqueOf(etag)) return undefined;
  const isPaged = isList(body) || headers.some(([name]) => name === 'link');
  if (isPaged && !notModified.headers.has('link')) return undefined;
  const merged = new Headers(headers.map(([name, value]): [string, string] => [name, value]));
  for (const [name, value] of notModified.headers) if (!ownHeaders.has(name)) merged.set(name, value);
  return {
    ...notModified,
    status: 200,
    headers: merged,
    body: new Uint8Array(body),
  };
}

/** Whether it came whole. One that was cut on its way would be given again for as long as the forge has nothing new. */
export async function isWhole({ body }: StoredAnswer): Promise<boolean> {
  if (body.byteLength >= largeBytes) await ownTurn();
  return isJson(body);
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#name-comparison-2 weak comparison */
function opaqueOf(etag: string): string {
  return etag.replace(/^W\//, '');
}

/** A list that has no room to tell, as an object has, where it goes on or how long it is. */
function isList(body: Uint8Array): boolean {
  return String.fromCharCode(body.find((byte) => !whitespace.has(byte)) ?? 0) === '[';
}

/** @see https://www.rfc-editor.org/rfc/rfc8259#section-2 */
const whitespace: ReadonlySet<number> = new Set(Buffer.from(' \t\n\r'));

function isJson({ buffer, byteOffset, byteLength }: Uint8Array): boolean {
  try {
    // Whether it is JSON shows without decoding it.
    JSON.parse(withoutByteOrderMark(Buffer.from(buffer, byteOffset, byteLength)).toString('latin1'));
    return true;
  } catch {
    return false;
  }
}

function isHeader(value: unknown): value is readonly [string, string] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
