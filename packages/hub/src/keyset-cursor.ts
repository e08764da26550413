import { HubError } from './errors.js';
import { storableText } from './store/text.js';

/** What a list is sorted by: the sort keys of its last row are where the next page begins. */
type SortKey = string | number | null;

/** Where a page ended, as text that nobody needs to understand. */
export function writeCursor(keys: readonly SortKey[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/**
 * Reads what {@link writeCursor} wrote.
 *
 * @param parse tells the keys of the list at hand; undefined: these are of another
 * @throws HubError `invalid_input`.
 */
export function readCursor<Keys>(text: string, parse: (keys: readonly SortKey[]) => Keys | undefined): Keys {
  const keys = parse(decode(text));
  if (keys !== undefined) return keys;
  throw HubError.invalidInput([
    {
      path: 'cursor',
      message: 'Pass the nextCursor of the page before, in the same order, or none for the first page.',
    },
  ]);
}

/** @throws HubError `invalid_input` when a page of that many rows is too large, or none at all. */
export function checkLimit(limit: number, atMost: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= atMost) return;
  throw HubError.invalidInput([{ path: 'limit', message: `Ask for 1 to ${String(atMost)}.` }]);
}

function decode(text: string): readonly SortKey[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) && value.every(isSortKey) ? value : [];
  } catch {
    return [];
  }
}

/** What no column can hold can't be compared with one either: PostgreSQL refuses it. */
function isSortKey(value: unknown): value is SortKey {
  if (typeof value === 'string') return storableText(value) === value;
  return value === null || Number.isSafeInteger(value);
}
