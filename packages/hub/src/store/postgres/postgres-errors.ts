import { isNativeError } from 'node:util/types';
import pg from 'pg';
import { HubError } from '../../errors.js';
import { systemErrorCode } from '../../system-error.js';
import type { DatabaseErrorKind } from '../database-error.js';
import { DatabaseError } from '../database-error.js';

/** What a failed statement means here. */
export interface Failure {
  readonly error: Error;
  /** The connection is of no use any more. */
  readonly lost: boolean;
}

/** By SQLSTATE. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const kinds: readonly { readonly code: RegExp; readonly kind: DatabaseErrorKind }[] = [
  { code: /^23505$/, kind: 'unique_violation' },
  { code: /^(40001|40P01)$/, kind: 'conflict' },
  { code: /^42501$/, kind: 'forbidden' },
];

/** What whoever asked is told in words, because no statement of theirs was wrong. */
const refusals: readonly {
  readonly code: RegExp;
  readonly kind: 'store_failed' | 'store_full';
  readonly message: string;
  readonly lost: boolean;
}[] = [
  {
    code: /^53100$/,
    kind: 'store_full',
    message:
      'The disk that holds the database is full. Free some space and try again; what was stored before is kept.',
    lost: false,
  },
  {
    code: /^(55P03|57014)$/,
    kind: 'store_failed',
    message: 'The database took too long, and nothing was changed. Try again in a moment.',
    lost: false,
  },
  {
    // After a failover, a connection may have stayed with the server that only answers questions now.
    code: /^25006$/,
    kind: 'store_failed',
    message: 'The database can only be read at the moment. Try again shortly.',
    lost: true,
  },
  {
    code: /^53300$/,
    kind: 'store_failed',
    message:
      'The database takes no more connections. Try again shortly; if it goes on, raise max_connections or run fewer servers on it.',
    lost: true,
  },
  {
    // 25P0.: this process stood still in a transaction for too long, and the server has ended it.
    code: /^(08...|25P0[345]|28...|3D000|57P0.|58...|XX...|53...)$/,
    kind: 'store_failed',
    message: unreachable(undefined),
    lost: true,
  },
];

/** Of the client itself: it gives them no code. */
const lostConnection =
  /^(connection terminated|client has encountered a connection error|client was closed|query read timeout|timeout expired|timeout exceeded when trying to connect|the server does not support ssl)/i;

/** Says what a failure of the client or the server means, without any parameter of the statement. */
export function translate(error: unknown): Failure {
  if (error instanceof pg.DatabaseError) return translateState(error);
  if (!isNativeError(error)) return { error: new Error(String(error)), lost: true };
  const code = systemErrorCode(error);
  const isLost = code === undefined ? lostConnection.test(error.message) : !code.startsWith('ERR_INVALID_');
  if (!isLost) return { error, lost: false };
  return { error: new HubError('store_failed', unreachable(code)), lost: true };
}

function translateState({ code = '', message }: pg.DatabaseError): Failure {
  const refusal = refusals.find((row) => row.code.test(code));
  if (refusal !== undefined) {
    return { error: new HubError(refusal.kind, refusal.message), lost: refusal.lost };
  }
  const kind = kinds.find((row) => row.code.test(code))?.kind ?? 'other';
  // Errors about data (class 22) quote it.
  const words = code.startsWith('22') ? 'A value was refused' : message;
  return { error: new DatabaseError(kind, `${words} (${code})`), lost: false };
}

function unreachable(code: string | undefined): string {
  const reason = code === undefined ? '' : ` (${code})`;
  return `The database can't be reached at the moment${reason}. Try again shortly; what was stored is kept.`;
}
