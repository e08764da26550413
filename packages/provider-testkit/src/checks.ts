import type { ErrorKind } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { inspect, isDeepStrictEqual } from 'node:util';

/** The adapter breaks the contract; the text says how. Anything else that a case throws is trouble of another kind. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation';
}

export function violated(words: string, cause?: unknown): never {
  throw new ContractViolation(words, cause === undefined ? {} : { cause });
}

export function must(holds: boolean, words: string): asserts holds {
  if (!holds) violated(words);
}

/** @param words what `actual` is, in words: "the repositories listed" */
export function mustEqual(actual: unknown, expected: unknown, words: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  violated(`${words}: expected ${show(expected)}, got ${show(actual)}`);
}

/** Compares two lists item by item, so that a report names what is missing, too much or out of order. */
export function mustList(actual: readonly string[], expected: readonly string[], words: string): void {
  const repeated = actual.filter((item, index) => actual.indexOf(item) !== index);
  if (repeated.length > 0) violated(`${words}: listed more than once: ${show(repeated)}`);
  const listed = new Set(actual);
  const missing = expected.filter((item) => !listed.has(item));
  if (missing.length > 0) violated(`${words}: missing: ${show(missing)}; ${excess(actual, expected)}`);
  if (actual.length > expected.length) violated(`${words}: ${excess(actual, expected)}`);
  const at = actual.findIndex((item, index) => item !== expected[index]);
  if (at >= 0)
    violated(`${words}: out of order at ${at}: expected ${show(expected[at])}, got ${show(actual[at])}`);
}

/** Waits for a `ProviderError` of one of these kinds. @returns it */
export async function mustFail(
  work: Promise<unknown>,
  kinds: ErrorKind | readonly ErrorKind[],
  words: string,
): Promise<ProviderError> {
  const allowed: readonly ErrorKind[] = [kinds].flat();
  const error = await failureOf(work);
  if (error === undefined) violated(`${words}: succeeded where ${allowed.join(' or ')} was expected`);
  const { reason } = error;
  if (!ProviderError.is(reason)) violated(`${words}: failed with no ProviderError: ${show(reason)}`, reason);
  if (!allowed.includes(reason.kind))
    violated(
      `${words}: failed as ${reason.kind} (${reason.message}) instead of ${allowed.join(' or ')}`,
      reason,
    );
  return reason;
}

/** Waits for what must not fail. @returns what it resolves with */
export async function mustSucceed<T>(work: Promise<T>, words: string): Promise<T> {
  try {
    return await work;
  } catch (reason) {
    violated(`${words}: failed with ${show(reason)}`, reason);
  }
}

/** Waits for a rejection with this very value. */
export async function mustRejectWith(
  work: Promise<unknown>,
  expected: unknown,
  words: string,
): Promise<void> {
  const error = await failureOf(work);
  if (error === undefined) violated(`${words}: succeeded where a rejection was expected`);
  if (error.reason !== expected)
    violated(
      `${words}: rejected with ${show(error.reason)} instead of the reason of the signal`,
      error.reason,
    );
}

export async function failureOf(work: Promise<unknown>): Promise<{ readonly reason: unknown } | undefined> {
  try {
    await work;
    return undefined;
  } catch (reason) {
    return { reason };
  }
}

/** Everything that a log, a page or a console shows of a value. */
export function textsOf(value: unknown): readonly string[] {
  const texts = [inspect(value, { depth: 20, getters: true }), String(value), JSON.stringify({ value })];
  if (value instanceof Error) texts.push(value.message, value.stack ?? '');
  return texts;
}

function excess(actual: readonly string[], expected: readonly string[]): string {
  const known = new Set(expected);
  return `too much: ${show(actual.filter((item) => !known.has(item)))}`;
}

function show(value: unknown): string {
  return inspect(value, { depth: 4, maxArrayLength: 8, breakLength: Infinity, maxStringLength: 300 });
}
