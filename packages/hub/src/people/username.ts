import type { FieldIssue } from '../errors.js';
import { keyOf, storableText } from '../store/text.js';

const allowed = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@+-]{0,63}$/u;

/** A username as it is shown, and as it is compared. */
export interface Username {
  readonly username: string;
  readonly key: string;
}

/** However it was typed: which letters a keyboard composes, and which case, makes no difference. */
export function readUsername(input: string): Username {
  const username = storableText(input).normalize('NFKC').trim();
  return { username, key: keyOf(username) };
}

/** What is wrong with a new username. */
export function usernameIssues({ username }: Username): readonly FieldIssue[] {
  if (allowed.test(username)) return [];
  return [
    {
      path: 'username',
      message:
        'A username has 1 to 64 letters and digits, and . _ @ + - between them; it begins with a letter or a digit.',
    },
  ];
}

const unshowable = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;
const longestDisplayName = 100;

/** A name to show beside the username; null when nothing is left of it. */
export function readDisplayName(input: string | null): string | null {
  const name = storableText(input ?? '').trim();
  return name === '' ? null : name;
}

export function displayNameIssues(name: string | null): readonly FieldIssue[] {
  if (name === null || (!unshowable.test(name) && Array.from(name).length <= longestDisplayName)) return [];
  return [
    {
      path: 'displayName',
      message: `The name may have ${String(longestDisplayName)} characters, and no line breaks or control characters.`,
    },
  ];
}
