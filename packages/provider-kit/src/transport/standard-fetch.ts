import { ProviderError } from '@anyforge/core';
import type { Answer, ForgeRequest } from './message.js';

const userAgent = 'anyforge';
const bodilessStatuses: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Reads what somebody gave to `fetch`, its body whole, so that it can be sent again.
 *
 * @throws ProviderError `invalid_request` for what is no request
 */
export async function readRequest(
  provider: string,
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<Pick<ForgeRequest, 'url' | 'method' | 'headers' | 'body'>> {
  try {
    const request = new Request(input, { ...init, signal: null });
    const headers = new Headers(request.headers);
    if (!headers.has('user-agent')) headers.set('user-agent', userAgent);
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    return { url: new URL(request.url), method: request.method.toUpperCase(), headers, body };
  } catch {
    // What was caught quotes the URL, which may hold user info.
    throw new ProviderError('invalid_request', 'The request has no valid URL, method, headers or body.', {
      provider,
    });
  }
}

/** The answer as `fetch` would have given it. */
export function toResponse({ url, status, headers, body }: Answer): Response {
  const response = new Response(bodilessStatuses.has(status) ? null : body, { status, headers });
  return Object.defineProperty(response, 'url', { value: url.href });
}
