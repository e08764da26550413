import { errorPolicy, ProviderError } from '@anyforge/core';
import { HubError } from '@anyforge/hub';
import type { ErrorRequestHandler, Response } from 'express';

/** What is wrong, as RFC 9457 problem details with members of our own. */
interface Problem {
  /** `urn:anyforge:problem:` and the code. */
  readonly type: string;
  /** Stable: programs decide by it. */
  readonly code: string;
  readonly title: string;
  readonly status: number;
  /** For people: what happened, and what to do. */
  readonly detail: string;
  readonly repair?: { readonly text: string; readonly url?: string | undefined } | undefined;
  /** Which fields of the request are wrong. */
  readonly fields?: readonly { readonly path: string; readonly message: string }[] | undefined;
  readonly retryAt?: Date | undefined;
}

type ProblemParts = Omit<Problem, 'type' | 'title'>;

/** A request that never reaches the hub: it is not for this server, not JSON, or has the wrong shape. */
export class RequestProblem extends Error {
  override readonly name = 'RequestProblem';
  constructor(readonly parts: ProblemParts) {
    super(parts.detail);
  }
}

export function sendProblem(response: Response, parts: ProblemParts): void {
  const { code, retryAt } = parts;
  if (retryAt !== undefined) response.set('Retry-After', retryAt.toUTCString());
  const problem: Problem = { type: `urn:anyforge:problem:${code}`, title: toTitle(code), ...parts };
  response.status(parts.status).type('application/problem+json').json(problem);
}

/** The one place where what a route throws becomes an answer. What nobody foresaw is logged, not shown. */
export const presentError: ErrorRequestHandler = (error: unknown, request, response, next) => {
  // Whoever asked has gone: there is nobody to tell, and nothing went wrong.
  if (response.closed) return;
  if (response.headersSent) {
    next(error);
    return;
  }
  const parts = toParts(error);
  if (parts.code === 'internal')
    request.log.error({ err: describe(error) }, 'a request failed for a reason of our own');
  sendProblem(response, parts);
};

/** Without the properties that libraries hang on their errors: a body parser's hold the body, which may be a token. */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack } = error;
  return { type: name, message, stack };
}

function toParts(error: unknown): ProblemParts {
  if (error instanceof RequestProblem) return error.parts;
  if (error instanceof HubError) {
    const { kind, status, message, issues } = error;
    return { code: kind, status, detail: message, fields: issues.length === 0 ? undefined : issues };
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
    fromExpress(error) ?? {
      code: 'internal',
      status: 500,
      detail: 'Something went wrong on this server. Its log tells what.',
    }
  );
}

/** Errors of `express.json()` name themselves by `type`. Their messages quote the body. */
const bodyProblems: Readonly<Record<string, ProblemParts>> = {
  'entity.parse.failed': { code: 'invalid_input', status: 400, detail: 'The body is not a JSON object.' },
  'entity.too.large': { code: 'invalid_input', status: 413, detail: 'The body is too large.' },
  'charset.unsupported': { code: 'invalid_input', status: 415, detail: 'Send the body in UTF-8.' },
  'encoding.unsupported': {
    code: 'invalid_input',
    status: 415,
    detail: 'Send the body uncompressed or gzipped.',
  },
};

/** What Express and its body parser refuse carries the status to refuse it with. */
function fromExpress(error: unknown): ProblemParts | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  const { status } = error;
  if (status < 400 || status >= 500) return undefined;
  const type = 'type' in error && typeof error.type === 'string' ? error.type : '';
  return (
    bodyProblems[type] ?? { code: 'invalid_input', status, detail: 'The address or a header is malformed.' }
  );
}

function toTitle(code: string): string {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
