import { ProviderError } from '@anyforge/core';
import { HubError } from '../errors.js';
import { repairLink } from '../forge-links.js';
import type { SyncErrorKind, SyncTaskRow } from '../store/schema.js';

/** Why a task waits, failed or was interrupted, in words for the person. */
export interface SyncTaskError {
  readonly kind: SyncErrorKind;
  readonly message: string;
  /** What the person can do, and where. */
  readonly repair?: { readonly text: string; readonly url?: string | undefined } | undefined;
}

type ErrorColumns = Pick<
  SyncTaskRow,
  'error_kind' | 'error_message' | 'error_repair_text' | 'error_repair_url'
>;

export const noError: ErrorColumns = {
  error_kind: null,
  error_message: null,
  error_repair_text: null,
  error_repair_url: null,
};

/** What neither a forge nor the hub has refused is told in general words: its own may say anything. */
export function describeError(error: unknown): SyncTaskError {
  if (ProviderError.is(error)) {
    return { kind: error.kind, message: error.message, repair: error.details.repair };
  }
  if (error instanceof HubError) return { kind: 'internal', message: error.message };
  return {
    kind: 'internal',
    message: 'Something went wrong inside anyforge. Its log says more; start a sync to try again.',
  };
}

export function errorColumns({ kind, message, repair }: SyncTaskError): ErrorColumns {
  return {
    error_kind: kind,
    error_message: message,
    error_repair_text: repair?.text ?? null,
    error_repair_url: repairLink(repair?.url) ?? null,
  };
}

export function readError(row: ErrorColumns): SyncTaskError | undefined {
  if (row.error_kind === null) return undefined;
  return {
    kind: row.error_kind,
    message: row.error_message ?? '',
    repair:
      row.error_repair_text === null
        ? undefined
        : { text: row.error_repair_text, url: row.error_repair_url ?? undefined },
  };
}
