import type { Permission } from '@anyforge/core';

/** What has to be so for a repository to stand in somebody's list, in the order in which it is looked at. */
export const explanationSteps = [
  'signed_in',
  'connection',
  'token_scopes',
  'organization_access',
  'organization_settings',
  'last_sync',
  'permission',
] as const;

export type ExplanationStep = (typeof explanationSteps)[number];

/**
 * - `passed`: it is so
 * - `failed`: it is not, and that is why the repository is not in the list
 * - `unknown`: it could not be found out
 * - `skipped`: without what comes before it there is nothing to look at
 */
export type ExplanationStatus = 'passed' | 'failed' | 'unknown' | 'skipped';

/** What was found out about one step, in words for the person. */
export interface StepFinding {
  readonly status: ExplanationStatus;
  readonly detail: string;
  /** When what the step looks at came about: of `last_sync`, when that ended. */
  readonly at?: Date | undefined;
  /** What to do about it, and where. */
  readonly repair?: { readonly text: string; readonly url?: string | undefined } | undefined;
}

export interface ExplainedStep extends StepFinding {
  readonly step: ExplanationStep;
}

/** Why somebody sees a repository, or does not. */
export interface Explanation {
  readonly gitProviderId: string;
  /** As the forge writes it, where it told; else as asked. */
  readonly path: string;
  /** Whether it stands in the person's list now. */
  readonly listed: boolean;
  /** The person's own, as the forge tells it now. Absent: it did not. */
  readonly permission?: Permission | undefined;
  readonly verdict: {
    /** The step that decides; absent: nothing stands in the way. */
    readonly step?: ExplanationStep | undefined;
    readonly detail: string;
  };
  /** All of them, in order. */
  readonly steps: readonly ExplainedStep[];
}
