/**
 * What a database refused. Portable: each dialect translates its own codes.
 *
 * - `locked`: another process has the database
 * - `conflict`: another transaction was in the way; this one was undone, and may be run again
 * - `forbidden`: our user of the database may not
 */
export type DatabaseErrorKind = 'unique_violation' | 'locked' | 'conflict' | 'forbidden' | 'other';

/** A statement that failed. Its text never carries a parameter. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly kind: DatabaseErrorKind;

  constructor(kind: DatabaseErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

export function isUniqueViolation(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind === 'unique_violation';
}
