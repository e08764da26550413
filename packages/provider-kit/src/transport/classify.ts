import type { ErrorKind } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { scrub } from '../redaction.js';
import { failureRepair, failureSentence } from './failure-words.js';
import type { Answer, ForgeRequest, Handler } from './message.js';
import type { ErrorRow, FailedAnswer, ForgeProfile, Repair } from './profile.js';
import { readRetryAfter } from './retry-after.js';

export interface ClassifyOptions {
  readonly provider: string;
  readonly profile: ForgeProfile;
}

/** What a status means where the forge has no row for it; other 4xx are `invalid_request`, 5xx `unavailable`. */
const kindByStatus: Readonly<Record<number, ErrorKind>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  408: 'timeout',
  410: 'endpoint_removed',
  429: 'rate_limited',
  451: 'forbidden',
  504: 'timeout',
};

const longestMessage = 300;

/** Says what every answer means. */
export function withClassification(next: Handler, options: ClassifyOptions): Handler {
  const classify = createClassifier(options);
  return async (request) => {
    const answer = await next(request);
    return answer.failure === undefined ? classify(request, answer) : answer;
  };
}

/** Gives an answer the failure that it is, by the forge's rows and then by its status. */
export type Classify = (request: ForgeRequest, answer: Answer) => Answer;

export function createClassifier({ provider, profile }: ClassifyOptions): Classify {
  return (request, answer) => {
    const rows = profile.errors.filter(({ status }) => [status].flat().includes(answer.status));
    if (rows.length === 0 && answer.status < 400) return answer;

    const failed = readFailure(request.method, answer, profile);
    const row = rows.find((candidate) => matches(candidate, failed));
    if (row === undefined && profile.accepts?.(failed) === true) return answer;
    const kind = row?.kind ?? defaultKind(answer.status);
    if (kind === undefined) return answer;

    const said = clean(row?.text?.(failed) ?? failed.message ?? '', request.secrets);
    const message = row?.text === undefined ? failureSentence(kind, profile.forge, said) : said;
    const failure = new ProviderError(kind, message, {
      provider,
      status: answer.status,
      requestId: cleanId(answer.headers.get(profile.requestIdHeader), request.secrets),
      retryAt: readRetryAfter(answer.headers, answer.answeredAt),
      repair: cleanRepair(row?.repair?.(failed) ?? failureRepair(kind, profile.forge), request.secrets),
    });
    return { ...answer, failure, confirmAfterMs: row?.confirmAfterMs };
  };
}

function defaultKind(status: number): ErrorKind | undefined {
  if (status < 400) return undefined;
  return kindByStatus[status] ?? (status < 500 ? 'invalid_request' : 'unavailable');
}

function matches(row: ErrorRow, failed: FailedAnswer): boolean {
  const value = row.header && failed.headers.get(row.header.name);
  if (value === null) return false;
  if (value !== undefined && row.header?.pattern?.test(value) === false) return false;
  if (row.message !== undefined && !row.message.test(failed.message ?? '')) return false;
  return row.when?.(failed) ?? true;
}

/** The body is read when somebody looks at it: a row about every good answer would else have each read twice. */
function readFailure(method: string, answer: Answer, profile: ForgeProfile): FailedAnswer {
  const { url, status, headers } = answer;
  let read: Pick<FailedAnswer, 'body' | 'message'> | undefined;
  const look = () => (read ??= readText(answer, profile));
  return {
    method,
    url,
    status,
    headers,
    get body() {
      return look().body;
    },
    get message() {
      return look().message;
    },
  };
}

function readText(
  { headers, body: bytes }: Answer,
  profile: ForgeProfile,
): Pick<FailedAnswer, 'body' | 'message'> {
  const text = new TextDecoder().decode(bytes);
  const body = parseJson(text);
  const isPlain = headers.get('content-type')?.startsWith('text/plain') === true;
  return { body, message: body === undefined ? (isPlain ? text : undefined) : profile.readMessage(body) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Scrubbed before it is cut, or half a secret at the cut would not be recognized. */
export function clean(text: string, secrets: readonly string[]): string {
  const line = scrub(text, secrets)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line;
}

function cleanId(id: string | null, secrets: readonly string[]): string | undefined {
  return id === null ? undefined : clean(id, secrets);
}

function cleanRepair(repair: Repair | undefined, secrets: readonly string[]): Repair | undefined {
  if (repair === undefined) return undefined;
  const text = scrub(repair.text, secrets);
  return repair.url === undefined ? { text } : { text, url: scrub(repair.url, secrets) };
}
