import { ApiUnreachable } from './api-error.js';
import type { Send } from './calls.js';
import type { GitProviderTestLine } from './generated/api.js';
import type { SignalOption } from './operations.js';
import { parseJson, toApiError, unexpectedAnswer } from './read-problem.js';
import { chunksOf } from './streams/chunks.js';
import { linesOf } from './streams/lines.js';
import type { Timers } from './timers.js';

export interface TestParts {
  readonly send: Send;
  readonly timers: Pick<Timers, 'sleep'>;
}

const lostMessage = 'The connection was lost before the test had ended. Run it again.';

/**
 * Tests a draft: first the steps to come, then each as soon as it has ended, last the summary.
 *
 * @throws ApiError when the test cannot be made; ApiUnreachable when the connection is lost before the summary; the
 *   signal's reason when it is aborted.
 */
export async function* testDraft(
  { send, timers }: TestParts,
  id: string,
  { signal }: SignalOption = {},
): AsyncGenerator<GitProviderTestLine, void, undefined> {
  const response = await send('post', '/git-provider-drafts/{id}/test', { params: { path: { id } }, signal });
  const { body, headers } = response;
  if (body === null || !headers.get('content-type')?.startsWith('application/x-ndjson'))
    throw unexpectedAnswer(response);
  for await (const text of linesOf(chunksOf(body, { timers, signal, lostMessage }))) {
    const line = readLine(text);
    if (line === undefined) break;
    yield line;
    if (line.kind === 'summary') return;
  }
  throw new ApiUnreachable(lostMessage);
}

/** @returns undefined for what is no whole line. */
function readLine(text: string): GitProviderTestLine | undefined {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const problem = 'problem' in value ? toApiError(value.problem) : undefined;
  if (problem !== undefined) throw problem;
  // The server answers as it describes itself.
  return value as GitProviderTestLine;
}
