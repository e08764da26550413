import { errorPolicy, ProviderError } from '@anyforge/core';
import { HubError } from '@anyforge/hub';
import type { ErrorRequestHandler, Response } from 'express';
import type { RequestProblemCode } from './problem-codes.js';
import { requestProblems, retryAfterSeconds } from './problem-codes.js';

/** What is wrong, as RFC 9457 problem details with members of our own. */
export interface Problem {
  /** `urn:anyforge:problem:` and the code. */
  readonly type: string;
  /** Stable: programs decide by it. */
  readonly code: string;
  readonly title: string;
  readonly status: number;
  /** For people: what happened, and what to do. */
  readonly detail: string;
  /** By which the log of the server knows the request. */
  readonly requestId: string;
  readonly repair?: { readonly text: string; readonly url?: string | undefined } | undefined;
  /** Which fields of the request are wrong. */
  readonly fields?: readonly { readonly path: string; readonly message: string }[] | undefined;
  readonly retryAt?: Date | undefined;
  /** The number that has to be confirmed, where that is what is missing. */
  readonly count?: number | undefined;
}

type ProblemParts = Omit<Problem, 'type' | 'title' | 'requestId'>;

export interface RequestProblemParts extends Omit<ProblemParts, 'status' | 'code'> {
  readonly code: RequestProblemCode;
}

/** A request that never reaches the hub: it is not for this server, not JSON, or has the wrong shape. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';

  /** @param headers what the answer says besides */
  constructor(
    readonly parts: RequestProblemParts,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(parts.detail);
  }
}

/** What is told of anything that was thrown. What nobody foresaw is logged, not shown. */
export function toProblem(error: unknown, { id, log }: Response['req']): Problem {
  const parts = toParts(error);
  if (parts.code === 'internal')
    log.error({ err: describe(error) }, 'a request failed for a reason of our own');
  return describeProblem({ ...parts, requestId: id });
}

/** With what follows from its code. */
export function describeProblem(parts: Omit<Problem, 'type' | 'title'>): Problem {
  const { code } = parts;
  return { type: `urn:anyforge:problem:${code}`, title: toTitle(code), ...parts };
}

function sendProblem(response: Response, problem: Problem): void {
  const { code, status, retryAt } = problem;
  const seconds = retryAfterSeconds[code];
  if (seconds !== undefined) response.set('Retry-After', String(seconds));
  if (retryAt !== undefined) response.set('Retry-After', retryAt.toUTCString());
  if (status === 401) response.set('WWW-Authenticate', 'Bearer realm="anyforge"');
  response.set('Cache-Control', 'no-store');
  response.status(status).type('application/problem+json').json(problem);
}

/** The one place where what a route throws becomes an answer. */
export const presentError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  // Whoever asked has gone: there is nobody to tell, and nothing went wrong.
  if (response.closed) return;
  if (response.headersSent) {
    next(error);
    return;
  }
  if (error instanceof RequestProblem) response.set(error.headers);
  sendProblem(response, toProblem(error, request));
};

/** Without the properties that libraries hang on their errors: a body parser's hold the body, which may be a token. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack } = error;
  return { type: name, message, stack };
}

function toParts(error: unknown): ProblemParts {
  if (error instanceof RequestProblem) return { ...error.parts, status: requestProblems[error.parts.code] };
  if (error instanceof HubError) {
    const { kind, status, message, issues, retryAt, count } = error;
    const fields = issues.length === 0 ? undefined : issues;
    return { code: kind, status, detail: message, fields, retryAt, count };
  }
  if (ProviderError.is(error)) {
    const { kind, message, details } = error;
    return {
      code: kind,
      status: errorPolicy(kind).status,
      detail: message,
      repair: details.repair,
      retryAt: details.retryAt,
    };
  }
  return (
    fromExpress(error) ?? refusal('internal', 'Something went wrong on this server. Its log tells what.')
  );
}

function refusal(code: RequestProblemCode, detail: string): ProblemParts {
  return { code, status: requestProblems[code], detail };
}

/** Errors of `express.json()` name themselves by `type`. Their messages quote the body. */
const bodyProblems: Readonly<Record<string, ProblemParts>> = {
  'entity.parse.failed': refusal('malformed_request', 'The body is not a JSON object.'),
  'entity.too.large': refusal('too_large', 'The body is too large.'),
  'charset.unsupported': refusal('unsupported_media_type', 'Send the body in UTF-8.'),
  'encoding.unsupported': refusal('unsupported_media_type', 'Send the body uncompressed or gzipped.'),
};

/** What Express and its body parser refuse as the mistake of whoever asks carries a status. */
function fromExpress(error: unknown): ProblemParts | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  if (error.status < 400 || error.status >= 500) return undefined;
  const type = 'type' in error && typeof error.type === 'string' ? error.type : '';
  return (
    bodyProblems[type] ?? refusal('malformed_request', 'The address, a header or the body is malformed.')
  );
}

function toTitle(code: string): string {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
