import { createHash } from 'node:crypto';
import type { SimulatedRequest, SimulatedResponse } from '../http/message.js';

/**
 * Gives a good answer its validators, and turns it into a 304 when the caller has it already. The ETag depends on the
 * credential; a 304 repeats it without the `W/`.
 */
export function conditional(
  request: SimulatedRequest,
  response: SimulatedResponse,
  credential: string,
): SimulatedResponse {
  if (response.status !== 200 || (request.method !== 'GET' && request.method !== 'HEAD')) return response;
  const opaque = `"${createHash('sha256').update(credential).update('\n').update(response.body).digest('hex')}"`;
  const headers: Record<string, string> = {
    ...response.headers,
    'cache-control': `${credential === '' ? 'public' : 'private'}, max-age=60, s-maxage=60`,
    etag: `W/${opaque}`,
  };
  if (!isKnown(request, opaque, response.headers['last-modified'])) return { ...response, headers };
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type'));
  return { status: 304, headers: { ...kept, etag: opaque }, body: Buffer.alloc(0) };
}

/** If-None-Match, compared weakly, goes before If-Modified-Since. */
function isKnown(request: SimulatedRequest, opaque: string, lastModified: string | undefined): boolean {
  const known = request.headers.get('if-none-match');
  if (known !== null)
    return known.split(',').some((tag) => ['*', opaque].includes(tag.trim().replace(/^W\//, '')));
  const since = Date.parse(request.headers.get('if-modified-since') ?? '');
  return lastModified !== undefined && Date.parse(lastModified) <= since;
}
