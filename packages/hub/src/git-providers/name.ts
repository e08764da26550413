import type { FieldIssue } from '../errors.js';
import { storableText } from '../store/text.js';

const longest = 100;
/** What would make a name look like another one, or break the line that it stands in. */
const unshowable = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

/** Trims the name of a git provider and says what is wrong with it. */
export function checkName(input: string): { readonly name: string; readonly issues: readonly FieldIssue[] } {
  const name = storableText(input).trim();
  const length = Array.from(name).length;
  if (length === 0) return { name, issues: [{ path: 'name', message: 'Give it a name.' }] };
  if (unshowable.test(input.trim())) {
    return {
      name,
      issues: [
        {
          path: 'name',
          message:
            'The name may have no line breaks, control characters or marks that turn the direction of text.',
        },
      ],
    };
  }
  if (length > longest) {
    return {
      name,
      issues: [{ path: 'name', message: `The name may have ${String(longest)} characters at most.` }],
    };
  }
  return { name, issues: [] };
}
