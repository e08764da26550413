import type { FieldIssue } from '../errors.js';
import { keyOf } from '../store/text.js';
import type { Username } from './username.js';

const shortest = 12;
const longest = 256;

/** What is wrong with a new password. Length is what makes one good; which characters it has, is its owner's choice. */
export function passwordIssues(
  password: string,
  { key }: Username,
  path = 'password',
): readonly FieldIssue[] {
  const length = Array.from(password).length;
  if (length < shortest || length > longest) {
    return [
      {
        path,
        message: `A password has ${String(shortest)} to ${String(longest)} characters; several words in a row make a good one.`,
      },
    ];
  }
  if (keyOf(password).trim() === key) return [{ path, message: 'The password may not be the username.' }];
  return [];
}
