import type { z } from 'zod';
import { RequestProblem } from './problems.js';

/**
 * Parses a part of a request.
 *
 * @throws RequestProblem naming every field that is wrong, never a value.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, { error: inWords });
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const words = fields.map(({ path, message }) =>
    path === '' ? `The body ${message}` : `${path}: ${message}`,
  );
  throw new RequestProblem({ code: 'invalid_input', status: 422, detail: `${words.join('. ')}.`, fields });
}

/** In place of the schema library's own words, which speak to programmers. */
const inWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return `"${issue.keys.join('", "')}" is not known here`;
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.input === undefined) return 'is missing';
  return `must be ${names[issue.expected] ?? issue.expected}`;
};

const names: Readonly<Record<string, string>> = {
  object: 'a JSON object',
  record: 'a JSON object',
  array: 'a list',
  string: 'a text',
};
