import { ProviderError } from '@anyforge/core';
import type { JsonRecord } from './json.js';
import { readPositive, readRecord, readText } from './json.js';

/** Whose answer it is. */
export interface AnsweringForge {
  readonly provider: string;
  /** What people call it, in sentences. */
  readonly forge: string;
}

/**
 * Reads what an authorization server answered, and says it again as the standards would have it: an error with the
 * status 400 whatever it came with, no challenge beside it, and nothing of an odd form in the fields that do not matter.
 * A token set that was given out is not to be lost over a detail, for the old one may be dead already.
 *
 * @param mayBeEmpty whether an answer without a body is one, as that of a revocation
 * @throws ProviderError `unavailable` for the web page of an error, `invalid_response` for anything else that is no JSON
 * object
 */
export async function toStandardAnswer(
  { provider, forge }: AnsweringForge,
  response: Response,
  { mayBeEmpty }: { readonly mayBeEmpty: boolean },
): Promise<Response> {
  const text = await response.text();
  if (mayBeEmpty && response.ok && text.trim() === '') return new Response(null, { status: 200 });
  const body = readRecord(text);
  if (body === undefined) throw noAnswer({ provider, forge }, response, text);
  if (readText(body['error']) !== undefined) return Response.json(body, { status: 400 });
  if (!response.ok) throw noAnswer({ provider, forge }, response, text);
  return Response.json(withoutOddities(body));
}

/** What openid-client does not accept in another form. An `id_token` is not asked for and not used. */
function withoutOddities(body: JsonRecord): JsonRecord {
  return {
    ...body,
    id_token: undefined,
    token_type: readText(body['token_type']) ?? 'bearer',
    expires_in: readPositive(body['expires_in']),
    refresh_token: readText(body['refresh_token']),
    scope: typeof body['scope'] === 'string' ? body['scope'] : undefined,
    interval: readPositive(body['interval']),
  };
}

/** A web page for an error is a proxy's or that of a maintenance; one for a success is another site's. */
function noAnswer(
  { provider, forge }: AnsweringForge,
  { status, headers }: Response,
  text: string,
): ProviderError {
  const isPage = headers.get('content-type')?.includes('html') === true || /^\s*</.test(text);
  const passes = isPage && status >= 400;
  return new ProviderError(
    passes ? 'unavailable' : 'invalid_response',
    passes
      ? `${forge} is out of order at the moment: it answered with a web page (status ${status}).`
      : `What answered is not the sign-in of ${forge} (status ${status}).`,
    {
      provider,
      status,
      repair: {
        text: passes
          ? `Try again later. If it goes on, see whether ${forge}, or a proxy before it, is down.`
          : `Check that the address is that of ${forge}, and that no proxy answers in its place.`,
      },
    },
  );
}
