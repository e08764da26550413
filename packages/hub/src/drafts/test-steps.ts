import type { FieldIssue } from '../errors.js';

/** In the order in which they are taken. */
export const testStepIds = [
  'settings',
  'address',
  'reached',
  'forge',
  'client',
  'sign_in',
  'identity',
  'scopes',
  'repositories',
] as const;

export type TestStepId = (typeof testStepIds)[number];

/**
 * - `passed`, `failed`: it was tried
 * - `waiting`: for the person, who has something to do first
 * - `skipped`: it could not be tried, or there is nothing to try
 */
export type TestStepStatus = 'passed' | 'failed' | 'waiting' | 'skipped';

/** What came of a step, in words for people. */
export interface TestOutcome {
  readonly status: TestStepStatus;
  readonly detail?: string | undefined;
  /** What to do about it, and where. */
  readonly repair?: { readonly text: string; readonly url?: string | undefined } | undefined;
  /** Of a failed step: the kind of error, for programs. */
  readonly code?: string | undefined;
  /** Which values of the draft to look at. */
  readonly fields?: readonly FieldIssue[] | undefined;
  /** What the forge has to know as redirect address, exactly so; told while a sign-in is to be made or was refused. */
  readonly redirectUrl?: string | undefined;
}

/** A step of a test that was announced. */
export interface PlannedStep {
  readonly step: TestStepId;
  readonly title: string;
}

/** One thing that a test tells, as soon as it is known: first the plan, then each step as it ends, last the summary. */
export type TestLine =
  | {
      readonly kind: 'plan';
      /** Of the draft: what is tested are the values that it had then. */
      readonly revision: number;
      readonly steps: readonly PlannedStep[];
    }
  | ({ readonly kind: 'step' } & PlannedStep & TestOutcome)
  | {
      readonly kind: 'summary';
      readonly revision: number;
      /** `waiting`: nothing failed, and the person has something to do before the rest can be tried. */
      readonly outcome: 'passed' | 'failed' | 'waiting';
      readonly message: string;
    };

interface StepDescription {
  readonly title: (forge: string) => string;
  /** A step is tried when all of these have passed. */
  readonly needs: readonly TestStepId[];
}

export const testSteps: Readonly<Record<TestStepId, StepDescription>> = {
  settings: { title: () => 'The settings are complete', needs: [] },
  address: { title: () => 'The address may be connected to', needs: ['settings'] },
  reached: { title: () => 'The address answers', needs: ['address'] },
  forge: { title: (forge) => `It is ${forge}`, needs: ['reached'] },
  client: { title: () => 'The OAuth application is accepted', needs: ['forge'] },
  sign_in: { title: () => 'Signing in', needs: ['forge'] },
  identity: { title: () => 'The account is known', needs: ['sign_in'] },
  scopes: { title: () => 'The sign-in has the scopes it needs', needs: ['identity'] },
  repositories: { title: () => 'A repository is listed', needs: ['identity'] },
};

export function planOf(forge: string): readonly PlannedStep[] {
  return testStepIds.map((step) => ({ step, title: testSteps[step].title(forge) }));
}
