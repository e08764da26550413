import type { Omission } from '@anyforge/core';
import type { OrganizationSettings } from '../git-providers/organization-settings.js';
import type { ConnectionRow, SyncTaskRow } from '../store/schema.js';

/** One go at a task: the right to write to its generation, until another attempt, sign-in or setting takes it away. */
export interface SyncAttempt {
  readonly taskId: string;
  readonly syncId: string;
  readonly attempt: number;
  readonly connectionId: string;
  readonly gitProviderId: string;
  readonly providerType: string;
  readonly epoch: number;
  /** The git provider's listing version. */
  readonly settingsVersion: number;
  /** The organization settings of that version: what is listed. */
  readonly selection: OrganizationSettings;
  /** Whether what the attempt writes is visible from its first page, in place of the former list. */
  readonly revokesFirst: boolean;
  readonly generation: string;
  /** Where the listing goes on; undefined: at the start. */
  readonly resume: string | undefined;
  /** What the pages so far left out. */
  readonly omitted: readonly Omission[];
  /** Which reading of the whole listing it is in, counted from 1: it is read again where it moved under the reader. */
  readonly pass: number;
  /** Whether that reading has come to its end, and only what it lacks has still to be confirmed. */
  readonly isListed: boolean;
  /** Whether the task has never been taken up since it was planned. */
  readonly isFirst: boolean;
  /** When the task was first taken up. */
  readonly startedAt: Date;
  /** How often the task was tried again by itself, without getting on, because the forge was out of reach. */
  readonly retries: number;
}

/** How often a listing that keeps changing is read in one go. */
export const passesAtMost = 4;

/** This attempt may write no more. It stops and leaves everything as it is. */
export class SupersededError extends Error {
  override readonly name = 'SupersededError';

  constructor() {
    super("Another attempt, a new sign-in or changed settings have taken this attempt's place.");
  }
}

/** A connection that shows a list of which nothing is confirmed yet. */
export function showingUnconfirmed(generation: string): Partial<ConnectionRow> {
  return { visible_generation: generation, visible_completed_at: null, visible_omitted: null };
}

/** A task's progress before its listing has begun. */
export const nothingListed = {
  pages: 0,
  repositories: 0,
  total: null,
  resume: null,
  omitted: null,
  pass: 1,
  listed: 0,
} as const satisfies Partial<SyncTaskRow>;
