import { z } from 'zod';
import type { JsonObject } from './json.js';
import { isObject, listAt, objectAt } from './json.js';
import { fieldsOf, itemsOf } from './schema.js';

/** A field that an adapter reads and that an answer lacks: 'owner.login', '[0].id'. */
export type Missing = string;

/**
 * The fields that a wire schema reads, that the vendor describes, and that an answer lacks although it could have them.
 * @param described the vendor's schema of the answer, in `document`
 * @param withheld paths that may be missing: 'email', '[].default_branch'
 */
export function missingReads(
  wire: z.ZodType,
  answer: unknown,
  {
    document,
    described,
    withheld,
  }: {
    readonly document: JsonObject;
    readonly described: unknown;
    readonly withheld: readonly string[];
  },
): readonly Missing[] {
  const reads = z.toJSONSchema(wire, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  return [...walk({ document, reads, described: [described], value: answer, path: '' })].filter(
    (path) => !withheld.includes(path.replaceAll(/\[\d+\]/g, '[]')),
  );
}

interface Place {
  readonly document: JsonObject;
  readonly reads: unknown;
  /** Every schema that describes the value. */
  readonly described: readonly unknown[];
  readonly value: unknown;
  readonly path: string;
}

function* walk({ document, reads, described, value, path }: Place): Generator<Missing> {
  if (Array.isArray(value)) {
    const items = described.flatMap((each) => itemsOf(document, each));
    for (const [index, item] of value.entries())
      for (const each of shapes(reads))
        yield* walk({
          document,
          reads: each['items'],
          described: items,
          value: item,
          path: `${path}[${index}]`,
        });
    return;
  }
  if (!isObject(value)) return;
  const known = described.flatMap((each) => fieldsOf(document, each));
  for (const shape of shapes(reads)) {
    const required = listAt(shape, 'required');
    for (const [name, read] of Object.entries(objectAt(shape, 'properties'))) {
      const schemas = known.filter(([each]) => each === name).map(([, schema]) => schema);
      const here = path === '' ? name : `${path}.${name}`;
      if (name in value)
        yield* walk({ document, reads: read, described: schemas, value: value[name], path: here });
      else if (schemas.length > 0 || required.includes(name)) yield here;
    }
  }
}

/** A schema and, where it is one of several, each of them. */
function* shapes(schema: unknown): Generator<JsonObject> {
  if (!isObject(schema)) return;
  yield schema;
  for (const name of ['anyOf', 'oneOf', 'allOf'] as const)
    for (const each of listAt(schema, name)) yield* shapes(each);
}
