import type { ErrorKind } from '@anyforge/core';
import type { SyncErrorKind, SyncTaskState } from './store/schema.js';

/** How a task or a sync can end. */
export type SyncEnd = Exclude<SyncTaskState, 'queued' | 'running' | 'waiting'>;

export interface TaskEnd {
  readonly providerType: string;
  readonly state: SyncEnd;
  /** Of a task that failed. */
  readonly errorKind?: SyncErrorKind | undefined;
  /** Since it was first taken up, waiting included; 0 of one that never was. */
  readonly durationMs: number;
}

/**
 * What the hub tells about its work as it goes on, for whoever counts it. Every method returns at once and must not
 * throw. What tells things apart has few values: the type of a git provider, never its name or address, and no person.
 */
export interface Measurements {
  /** A forge has answered, or failed to. */
  requestMade(request: {
    readonly providerType: string;
    /** Of the answer; 0 when there was none. */
    readonly status: number;
    readonly durationMs: number;
  }): void;
  /** A request is made again, because of this. */
  requestRetried(retry: { readonly providerType: string; readonly reason: ErrorKind }): void;
  /** A request, or a task that gives its worker back, begins to wait for a forge's limit. */
  waitBegun(wait: {
    readonly providerType: string;
    readonly by: 'request' | 'task';
    readonly forMs: number;
  }): void;
  /** A worker of this process begins with a job that has been ready for so long. */
  jobPickedUp(job: { readonly lateMs: number }): void;
  /** This process has begun an attempt at a task. */
  attemptBegun(attempt: { readonly providerType: string }): void;
  /** It has ended the attempt: with the task, or for another attempt to go on. */
  attemptEnded(attempt: { readonly providerType: string; readonly durationMs: number }): void;
  /** This process has ended a task: its attempt at it, a cancel, a sign-out, or what has become of the process that ran it. */
  taskEnded(task: TaskEnd): void;
  /** The last open task of a sync has ended, here. */
  syncEnded(sync: { readonly state: SyncEnd }): void;
  /** What an attempt has listed is stored. */
  repositoriesStored(page: { readonly providerType: string; readonly count: number }): void;
}

/** Counts nothing. */
export const noMeasurements: Measurements = {
  requestMade: () => undefined,
  requestRetried: () => undefined,
  waitBegun: () => undefined,
  jobPickedUp: () => undefined,
  attemptBegun: () => undefined,
  attemptEnded: () => undefined,
  taskEnded: () => undefined,
  syncEnded: () => undefined,
  repositoriesStored: () => undefined,
};
