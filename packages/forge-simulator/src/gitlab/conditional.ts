import { createHash } from 'node:crypto';
import type { SimulatedRequest, SimulatedResponse } from '../http/message.js';

const aboutTheBody = ['content-type', 'content-length'];

/** Gives a good answer its weak ETag, and turns it into a 304 when the caller has it already. */
export function conditional(request: SimulatedRequest, response: SimulatedResponse): SimulatedResponse {
  if (response.status !== 200 || (request.method !== 'GET' && request.method !== 'HEAD')) return response;
  const opaque = `"${createHash('sha256').update(response.body).digest('hex').slice(0, 32)}"`;
  const headers: Record<string, string> = {
    ...response.headers,
    'cache-control': 'max-age=0, private, must-revalidate',
    etag: `W/${opaque}`,
  };
  const known = request.headers.get('if-none-match')?.split(',') ?? [];
  if (!known.some((tag) => tag.trim().replace(/^W\//, '') === opaque)) return { ...response, headers };
  const kept = Object.entries(headers).filter(([name]) => !aboutTheBody.includes(name));
  return { status: 304, headers: Object.fromEntries(kept), body: Buffer.alloc(0) };
}
