import type { Clock, Logger } from '@anyforge/core';
import { describeFault } from '../describe-fault.js';
import { untilAborted } from '../until-aborted.js';
import { failedBy, faultOutcome, stepLimitMs, StepTimeout } from './test-outcomes.js';
import type { PlannedStep, TestLine, TestOutcome, TestStepStatus, TestStepId } from './test-steps.js';
import { planOf, testSteps } from './test-steps.js';
import type { TestSubject, TrialOptions } from './test-trials.js';
import { TestTrials } from './test-trials.js';

export interface TestRunParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Aborted: the test ends at once with the signal's reason, and so does what it asks. */
  readonly signal: AbortSignal;
}

/** Tries step after step, telling each as soon as it ends. Leaving the loop stops what is under way. */
export async function* runTest(
  subject: TestSubject,
  revision: number,
  { clock, logger, signal }: TestRunParts,
): AsyncGenerator<TestLine, void, undefined> {
  const left = new AbortController();
  const run = AbortSignal.any([signal, left.signal]);
  const { trials } = new TestTrials(subject, clock);
  const steps = planOf(subject.forge);
  const ended = new Map<TestStepId, TestStepStatus>();
  try {
    yield { kind: 'plan', revision, steps };
    for (const { step, title } of steps) {
      const outcome =
        missing(step, ended, steps) ?? (await attempt(step, trials[step], { clock, logger, signal: run }));
      ended.set(step, outcome.status);
      yield { kind: 'step', step, title, ...outcome };
    }
    yield { kind: 'summary', revision, ...summaryOf(steps, ended) };
  } finally {
    left.abort();
  }
}

/** What a step is told of that needs another one which has not passed. */
function missing(
  step: TestStepId,
  ended: ReadonlyMap<TestStepId, TestStepStatus>,
  steps: readonly PlannedStep[],
): TestOutcome | undefined {
  const needed = testSteps[step].needs.find((need) => ended.get(need) !== 'passed');
  if (needed === undefined) return undefined;
  const title = steps.find((planned) => planned.step === needed)?.title ?? needed;
  return { status: 'skipped', detail: `It needs the step "${title}".` };
}

async function attempt(
  step: TestStepId,
  trial: (options: TrialOptions) => Promise<TestOutcome> | TestOutcome,
  { clock, logger, signal }: TestRunParts,
): Promise<TestOutcome> {
  const limit = new AbortController();
  const done = new AbortController();
  clock.sleep(stepLimitMs, done.signal).then(
    () => {
      limit.abort(new StepTimeout('The step took too long.'));
    },
    () => undefined,
  );
  const bounded = AbortSignal.any([signal, limit.signal]);
  try {
    bounded.throwIfAborted();
    return await untilAborted(Promise.resolve(trial({ signal: bounded })), bounded);
  } catch (error) {
    signal.throwIfAborted();
    const outcome = failedBy(error);
    if (outcome !== undefined) return outcome;
    logger.warn({ step, error: describeFault(error) }, 'a step of a test failed for a reason of our own');
    return faultOutcome;
  } finally {
    done.abort();
  }
}

function summaryOf(
  steps: readonly PlannedStep[],
  ended: ReadonlyMap<TestStepId, TestStepStatus>,
): { readonly outcome: 'passed' | 'failed' | 'waiting'; readonly message: string } {
  const failed = steps.filter(({ step }) => ended.get(step) === 'failed').map(({ title }) => `"${title}"`);
  if (failed.length > 0) {
    return {
      outcome: 'failed',
      message: `Not yet: repair ${failed.join(' and ')}, and run the test again.`,
    };
  }
  if ([...ended.values()].includes('waiting')) {
    return { outcome: 'waiting', message: 'All well so far. Sign in, and run the test again.' };
  }
  return { outcome: 'passed', message: "You're good to go." };
}
