import type { FieldIssue } from '../errors.js';
import { storableText } from '../store/text.js';

const longest = 100;

/** Trims the name of a git provider and says what is wrong with it. */
export function checkName(input: string): { readonly name: string; readonly issues: readonly FieldIssue[] } {
  const name = storableText(input).trim();
  const length = Array.from(name).length;
  if (length === 0) return { name, issues: [{ path: 'name', message: 'Give it a name.' }] };
  if (length > longest) {
    return {
      name,
      issues: [{ path: 'name', message: `The name may have ${String(longest)} characters at most.` }],
    };
  }
  return { name, issues: [] };
}
