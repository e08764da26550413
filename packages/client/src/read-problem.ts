import { ApiError } from './api-error.js';
import type { ApiErrorParts } from './api-error.js';

/** Reads the answer to a request that was refused, whoever made it. */
export async function readProblem(response: Response, now: () => number): Promise<ApiError> {
  const retryAt = readRetryAfter(response.headers.get('retry-after'), now);
  const text = isJson(response) ? await response.text() : '';
  const parts = toParts(parseJson(text));
  if (parts === undefined) return unexpectedAnswer(response, retryAt);
  return new ApiError({ ...parts, retryAt: parts.retryAt ?? retryAt });
}

/** Reads a problem that comes within a stream, after the status was sent. */
export function toApiError(value: unknown): ApiError | undefined {
  const parts = toParts(value);
  return parts === undefined ? undefined : new ApiError(parts);
}

/** Of an answer that is not of the API. */
export function unexpectedAnswer(response: Response, retryAt?: Date): ApiError {
  const { status, statusText, url } = response;
  const type = response.headers.get('content-type')?.split(';')[0] ?? 'no content type';
  return new ApiError({
    status,
    code: 'unexpected_answer',
    title: 'Unexpected answer',
    detail: `${url === '' ? 'The address' : url} answered ${[status, statusText].join(' ').trim()} (${type}), which is not an answer of anyforge. ${adviceFor(status)}`,
    retryAt,
  });
}

export function isJson(response: Response): boolean {
  return /^application\/([\w.-]+\+)?json\b/i.test(response.headers.get('content-type') ?? '');
}

/** @returns undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function adviceFor(status: number): string {
  return status >= 500
    ? 'The server may be starting, or a proxy in front of it cannot reach it: try again in a moment.'
    : 'Check the address: it is the one of the server followed by /api/v1. A proxy in front of it may want something, too.';
}

function toParts(value: unknown): ApiErrorParts | undefined {
  if (!isRecord(value)) return undefined;
  const { status, code, title, detail, requestId, repair, fields, retryAt, count } = value;
  if (typeof status !== 'number' || typeof code !== 'string') return undefined;
  return {
    status,
    code,
    title: textOf(title) ?? code,
    detail: textOf(detail) ?? textOf(title) ?? code,
    requestId: textOf(requestId),
    repair: readRepair(repair),
    fields: Array.isArray(fields) ? fields.flatMap(readField) : undefined,
    retryAt: readTime(retryAt),
    count: typeof count === 'number' ? count : undefined,
  };
}

function readRepair(value: unknown): ApiErrorParts['repair'] {
  if (!isRecord(value) || typeof value['text'] !== 'string') return undefined;
  return { text: value['text'], url: textOf(value['url']) };
}

function readField(value: unknown): NonNullable<ApiErrorParts['fields']> {
  if (!isRecord(value)) return [];
  const { path, message } = value;
  return typeof path === 'string' && typeof message === 'string' ? [{ path, message }] : [];
}

/** Seconds, or a date. */
function readRetryAfter(header: string | null, now: () => number): Date | undefined {
  if (header === null) return undefined;
  return /^\d+$/.test(header) ? new Date(now() + Number(header) * 1000) : readTime(header);
}

function readTime(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined;
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
