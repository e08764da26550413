import type { Problem, ProblemCode } from './generated/api.js';

/** One field of a request that is wrong. */
export type FieldProblem = NonNullable<Problem['fields']>[number];

/**
 * What an answer that says no is called. Those that this version knows are listed, for the editor and the eye; any other
 * text is one too, because a server may be newer than its clients. So no list of cases is ever complete, and what none of
 * them fits is treated by its status.
 */
export type ApiErrorCode = ProblemCode | 'unexpected_answer' | (string & {});

/** What is known of an answer that says no. */
export interface ApiErrorParts {
  readonly status: number;
  readonly code: ApiErrorCode;
  readonly title: string;
  readonly detail: string;
  readonly requestId?: string | undefined;
  readonly repair?: Problem['repair'];
  readonly fields?: readonly FieldProblem[] | undefined;
  readonly retryAt?: Date | undefined;
  readonly count?: number | undefined;
}

/** The server, or something in front of it, has answered, and not with what was asked for. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Of the answer. */
  readonly status: number;
  /**
   * Stable: programs decide by it. `unexpected_answer` where the answer is none of the API's: a proxy made it, or the
   * address is wrong. docs/errors.md lists the others.
   */
  readonly code: ApiErrorCode;
  /** A few words for the code. */
  readonly title: string;
  /** For people: what happened, and what to do. It is the message, too. */
  readonly detail: string;
  /** By which the log of the server knows the request. */
  readonly requestId: string | undefined;
  /** What to do, and where, in case the detail does not say so already. */
  readonly repair: Problem['repair'];
  /** Which fields of the request are wrong; none where it is not about fields. */
  readonly fields: readonly FieldProblem[];
  /** When asking again makes sense. */
  readonly retryAt: Date | undefined;
  /** The number that has to be confirmed, where that is what is missing. */
  readonly count: number | undefined;

  constructor(parts: ApiErrorParts) {
    super(parts.detail);
    this.status = parts.status;
    this.code = parts.code;
    this.title = parts.title;
    this.detail = parts.detail;
    this.requestId = parts.requestId;
    this.repair = parts.repair;
    this.fields = parts.fields ?? [];
    this.retryAt = parts.retryAt;
    this.count = parts.count;
  }
}

/** No answer, or not all of it: the server does not run, the network is down, or the connection was cut. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
}
