import { ask } from './ask.js';
import { checkAnswer } from './check-answer.js';
import type { Description } from './description.js';
import { describesSuccess, operationsOf } from './description.js';
import type { Exchange, Profile } from './exchange.js';
import { isObject } from './json.js';

type OperationState = 'checked' | 'failed' | 'unchecked' | 'not described' | 'not simulated';

/** What came out for one operation. */
export interface OperationVerdict {
  readonly profile: string;
  readonly operation: string;
  readonly state: OperationState;
  /** Of the answers that were held against the description. */
  readonly statuses: readonly number[];
  readonly faults: readonly string[];
}

/** A failure, or something described that nobody looked at. */
export function isBad({ state }: OperationVerdict): boolean {
  return state === 'failed' || state === 'unchecked';
}

/** Makes every exchange of a profile. @returns a verdict for each operation that is described or was asked */
export async function checkProfile(
  profile: Profile,
  description: Description,
): Promise<readonly OperationVerdict[]> {
  const described = operationsOf(description);
  if (profile.start === undefined)
    return described.map((operation) => ({
      profile: profile.name,
      operation,
      state: 'not simulated',
      statuses: [],
      faults: [],
    }));
  const running = await profile.start();
  const books = new Map<string, Book>(
    described.map((operation) => [operation, { statuses: [], faults: [] }]),
  );
  try {
    for (const exchange of running.exchanges) {
      const book = books.get(exchange.operation) ?? { statuses: [], faults: [] };
      books.set(exchange.operation, book);
      try {
        const answer = await ask(exchange);
        const verdict = checkAnswer(description, exchange, answer);
        if (verdict.described) book.statuses.push(answer.status);
        book.faults.push(...verdict.faults.map((fault) => `${nameOf(exchange)} ${fault}`));
      } catch (error) {
        book.faults.push(`${nameOf(exchange)} ${reasonOf(error)}`);
      }
    }
  } finally {
    await running.close();
  }
  return [...books].map(([operation, book]) => ({
    profile: profile.name,
    operation,
    state: stateOf(book, description, operation),
    statuses: [...new Set(book.statuses)].sort((one, other) => one - other),
    faults: book.faults,
  }));
}

interface Book {
  readonly statuses: number[];
  readonly faults: string[];
}

/** An operation of which only refusals were seen is not checked, unless no more is described of it. */
function stateOf({ statuses, faults }: Book, description: Description, operation: string): OperationState {
  if (faults.length > 0) return 'failed';
  if (!operationsOf(description).includes(operation)) return 'not described';
  const enough = describesSuccess(description, operation)
    ? statuses.some((status) => status < 300)
    : statuses.length > 0;
  return enough ? 'checked' : 'unchecked';
}

function nameOf({ url, status }: Exchange): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search} (${status})`;
}

/** Why an answer could not be looked at: 'fetch failed: other side closed'. */
function reasonOf(error: unknown): string {
  if (!isObject(error)) return String(error);
  const { message, cause } = error;
  return [String(message), ...(cause === undefined ? [] : [reasonOf(cause)])].join(': ');
}
