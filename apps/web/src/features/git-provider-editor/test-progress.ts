import type { GitProviderTestLine } from '@anyforge/client';

type StepLine = Extract<GitProviderTestLine, { kind: 'step' }>;
type SummaryLine = Extract<GitProviderTestLine, { kind: 'summary' }>;

/** A step of the test, from its announcement to its end. */
export interface TestStep extends Omit<StepLine, 'kind' | 'status'> {
  readonly status: StepLine['status'] | 'running' | 'pending';
}

/** How far a test has come. */
export interface TestProgress {
  readonly steps: readonly TestStep[];
  /** Undefined until it has ended. */
  readonly summary: SummaryLine | undefined;
}

/** A line of the test; or it begins anew; or nothing more is told, and what ran has not ended. */
export type TestEvent = GitProviderTestLine | { readonly kind: 'begun' | 'stopped' };

export const noTest: TestProgress = { steps: [], summary: undefined };

/** A test tells its steps first, then each as it ends: the first that has not ended is the one that runs. */
export function progressTest({ steps, summary }: TestProgress, line: TestEvent): TestProgress {
  switch (line.kind) {
    case 'begun':
      return noTest;
    case 'plan':
      return {
        steps: withRunning(line.steps.map((step) => ({ ...step, status: 'pending' }))),
        summary: undefined,
      };
    case 'step': {
      const { kind: _, ...ended } = line;
      return {
        steps: withRunning(steps.map((step) => (step.step === line.step ? ended : step))),
        summary: undefined,
      };
    }
    case 'summary':
      return { steps, summary: line };
    case 'stopped':
      return {
        steps: steps.map((step) => (step.status === 'running' ? { ...step, status: 'pending' } : step)),
        summary,
      };
  }
}

/** Where a test has ended for want of a sign-in through the OAuth application: its redirect URL, exactly so. */
export function awaitedSignIn({ steps, summary }: TestProgress): string | undefined {
  if (summary === undefined) return undefined;
  return steps.find(({ status }) => status === 'waiting' || status === 'failed')?.redirectUrl;
}

/** Whether a step was skipped below one that says already what to do. */
export function isHeldUp(steps: readonly TestStep[], step: TestStep): boolean {
  const obstacle = steps.findIndex(({ status }) => status === 'failed' || status === 'waiting');
  return step.status === 'skipped' && obstacle !== -1 && steps.indexOf(step) > obstacle;
}

const stepsOfSignIn: readonly TestStep['step'][] = ['sign_in', 'identity', 'scopes', 'repositories'];

/** Whether another sign-in is what may help: there is none, or it is not good enough. */
export function wantsSignIn({ steps, summary }: TestProgress): boolean {
  if (summary === undefined) return false;
  const first = steps.find(({ status }) => status === 'waiting' || status === 'failed');
  return first !== undefined && stepsOfSignIn.includes(first.step);
}

function withRunning(steps: readonly TestStep[]): readonly TestStep[] {
  const next = steps.findIndex(({ status }) => status === 'pending' || status === 'running');
  return steps.map((step, index) => (index === next ? { ...step, status: 'running' } : step));
}
