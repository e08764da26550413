import { createHash } from 'node:crypto';
import { ProviderError } from '@anyforge/core';

/** Where a listing goes on, and what was known of it by then. */
export interface Checkpoint<Position> {
  readonly position: Position;
  readonly total?: number | undefined;
}

/** Of which listing a checkpoint is. */
export interface ListingName {
  readonly provider: string;
  readonly listing: string;
}

type Sealed<Position> = readonly [seal: string, position: Position, total: number | null];

/**
 * Writes a checkpoint down, sealed with the name of its listing. The seal keeps a checkpoint from being mixed up or
 * garbled; it is no signature, so a position stays as untrusted as a link in an answer.
 */
export function sealCheckpoint<Position>(
  name: ListingName,
  { position, total }: Checkpoint<Position>,
): string {
  const sealed: Sealed<Position> = [sealOf(name, position, total ?? null), position, total ?? null];
  return Buffer.from(JSON.stringify(sealed)).toString('base64url');
}

/** @throws ProviderError `invalid_request` for anything but an intact checkpoint of this very listing */
export function openCheckpoint<Position>(name: ListingName, resume: string): Checkpoint<Position> {
  const value = parse(resume);
  if (!isIntact<Position>(name, value)) {
    throw new ProviderError(
      'invalid_request',
      'This listing cannot be resumed: the checkpoint is not one of its own.',
      {
        provider: name.provider,
        repair: { text: 'List from the beginning.' },
      },
    );
  }
  const [, position, total] = value;
  return { position, total: total ?? undefined };
}

/** What bears the seal of a listing was written by that listing, so it has that listing's type of position. */
function isIntact<Position>(name: ListingName, value: unknown): value is Sealed<Position> {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const parts: readonly unknown[] = value;
  const [seal, position, total] = parts;
  return (total === null || typeof total === 'number') && seal === sealOf(name, position, total);
}

function sealOf({ provider, listing }: ListingName, position: unknown, total: number | null): string {
  const text = JSON.stringify([provider, listing, position, total]);
  return createHash('sha256').update(text).digest('base64url');
}

function parse(resume: string): unknown {
  try {
    return JSON.parse(Buffer.from(resume, 'base64url').toString());
  } catch {
    return undefined;
  }
}
