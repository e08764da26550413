import type { z } from 'zod';
import { RequestProblem } from './problems.js';

/**
 * Parses a part of a request. No text in it may be one that not every database keeps.
 *
 * @param subject what the part is called in a sentence: `The query`
 * @throws RequestProblem naming every field that is wrong, never a value.
 */
export function parse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  subject: string,
): z.output<Schema> {
  if (hasUnstorableText(value)) {
    const detail = `${subject} has a text with the character U+0000, or with half a character.`;
    throw new RequestProblem({ code: 'invalid_input', detail });
  }
  const result = schema.safeParse(value, { error: inWords });
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => ({
    path: path.map((name) => (typeof name === 'number' || isName(name) ? String(name) : '…')).join('.'),
    message,
  }));
  const words = fields.map(({ path, message }) =>
    path === '' ? `${subject} ${message}` : `${path}: ${message}`,
  );
  throw new RequestProblem({ code: 'invalid_input', detail: `${words.join('. ')}.`, fields });
}

/** NUL, and halves of surrogate pairs. */
const unstorable = /\u0000|\p{Surrogate}/u;

/** Looks at every text and every member's name. Without recursion: whoever asks decides how deep it goes. */
function hasUnstorableText(value: unknown): boolean {
  const rest = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next === 'string' && unstorable.test(next)) return true;
    if (typeof next !== 'object' || next === null) continue;
    for (const [name, member] of Object.entries(next)) rest.push(name, member);
  }
  return false;
}

/** In place of the schema library's own words, which speak to programmers. */
const inWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return unknownFields(issue.keys);
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'is missing' : `must be ${names[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value')
    return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small') return `must ${extent(issue.origin, `at least ${issue.minimum}`)}`;
  if (issue.code === 'too_big') return `must ${extent(issue.origin, `at most ${issue.maximum}`)}`;
  return otherWords[issue.code];
};

/** Longer than any field is called, and shorter than a secret that got in its place by mistake: that is not repeated. */
function isName(text: PropertyKey): boolean {
  return typeof text === 'string' && /^[A-Za-z][\w-]{0,23}$/.test(text);
}

function unknownFields(keys: readonly string[]): string {
  const names = keys.filter(isName).map((name) => `"${name}"`);
  const others = names.length === keys.length ? [] : ['what it has in place of a field’s name'];
  return `does not know ${[...names, ...others].join(', ')}`;
}

const otherWords: Readonly<Record<string, string>> = {
  invalid_union: 'has none of the forms that are known here',
  invalid_format: 'is not of the form that is known here',
};

const names: Readonly<Record<string, string>> = {
  object: 'a JSON object',
  record: 'a JSON object',
  array: 'a list',
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};

const units: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' };

function extent(origin: string, size: string): string {
  const unit = units[origin];
  return unit === undefined ? `be ${size}` : `have ${size} ${unit}`;
}
