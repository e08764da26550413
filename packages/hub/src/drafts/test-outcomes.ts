import { ProviderError } from '@anyforge/core';
import { HubError } from '../errors.js';
import type { TestOutcome } from './test-steps.js';

/** The longest that one step may take, in milliseconds. */
export const stepLimitMs = 25_000;

/** A step took longer than it may. */
export class StepTimeout extends Error {
  override readonly name = 'StepTimeout';
}

/** What a failure means to a person. Undefined: it is a fault of anyforge or of an adapter, which no person can repair. */
export function failedBy(error: unknown): TestOutcome | undefined {
  if (error instanceof StepTimeout) {
    return {
      status: 'failed',
      code: 'timeout',
      detail: `There was no answer within ${String(stepLimitMs / 1000)} seconds.`,
      repair: { text: 'Check that the address is right, and that no firewall drops the connection.' },
    };
  }
  if (ProviderError.is(error)) {
    const { kind, message, details } = error;
    return { status: 'failed', code: kind, detail: message, repair: details.repair };
  }
  if (error instanceof HubError && error.status < 500) {
    return {
      status: 'failed',
      code: error.kind,
      detail: error.message,
      ...(error.issues.length > 0 && { fields: error.issues }),
    };
  }
  return undefined;
}

/** For what nobody foresaw: its message may carry anything. */
export const faultOutcome: TestOutcome = {
  status: 'failed',
  code: 'internal',
  detail: "Something went wrong in this server, not at the git provider. The server's log tells what.",
};
