import { HubError } from '../errors.js';

/** Where a page of the list ended: the sort key of its last row. */
export interface Cursor {
  readonly pathKey: string;
  readonly gitProviderId: string;
  readonly forgeId: string;
}

export function writeCursor({ pathKey, gitProviderId, forgeId }: Cursor): string {
  return Buffer.from(JSON.stringify([pathKey, gitProviderId, forgeId])).toString('base64url');
}

/** @throws HubError `invalid_input`. */
export function readCursor(text: string): Cursor {
  const [pathKey, gitProviderId, forgeId] = parse(text);
  if (typeof pathKey !== 'string' || typeof gitProviderId !== 'string' || typeof forgeId !== 'string') {
    throw HubError.invalidInput([
      { path: 'cursor', message: 'Pass the nextCursor of the page before, or none for the first page.' },
    ]);
  }
  return { pathKey, gitProviderId, forgeId };
}

function parse(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
