import type { Description } from './description.js';
import { resolve } from './description.js';
import type { JsonObject } from './json.js';
import { isObject, listAt, objectAt } from './json.js';

/** Below these a branch of the same object is described; below all others another value is. */
const branches = ['allOf', 'anyOf', 'oneOf'] as const;
const listed = new Set<string>(branches);

/** Words of OpenAPI that JSON Schema does not know. */
const dropped = new Set(['nullable', 'example', 'discriminator', 'xml', 'externalDocs']);

/**
 * A description's schemas as JSON Schema (2020-12) that refuses a field which they do not name, where the description
 * is whole. `additionalProperties: true` is no name for anything.
 */
export function toJsonSchema(description: Description, schema: unknown): JsonObject {
  const components = objectAt(objectAt(description.document, 'components'), 'schemas');
  const converter = new Converter(description);
  const definitions = Object.fromEntries(
    Object.entries(components).map(([name, each]) => [name, converter.branch(each)]),
  );
  return { ...converter.value(schema), components: { schemas: definitions } };
}

class Converter {
  readonly #heirs: ReadonlyMap<string, readonly string[]>;

  constructor(readonly description: Description) {
    this.#heirs = heirsOf(description.document);
  }

  /** A schema that has a value to itself: it says all that may be in there. */
  value(schema: unknown): JsonObject {
    const heirs = isObject(schema) ? (this.#heirs.get(String(schema['$ref'])) ?? []) : [];
    if (heirs.length === 0) return this.#closed(schema);
    return { anyOf: [schema, ...heirs.map(($ref) => ({ $ref }))].map((each) => this.#closed(each)) };
  }

  /** A schema that says a part of what may be in a value. */
  branch(schema: unknown): JsonObject {
    if (!isObject(schema)) return {};
    const converted: Record<string, unknown> = {};
    for (const [name, each] of Object.entries(schema)) {
      if (dropped.has(name) || (name === 'additionalProperties' && each === true)) continue;
      converted[name] = this.#keyword(name, each);
    }
    return schema['nullable'] === true ? { anyOf: [converted, { type: 'null' }] } : converted;
  }

  #closed(schema: unknown): JsonObject {
    const converted = this.branch(schema);
    if (this.description.partial || !namesFields(this.description.document, schema)) return converted;
    return { ...converted, unevaluatedProperties: false };
  }

  #keyword(name: string, value: unknown): unknown {
    if (listed.has(name) && Array.isArray(value)) return value.map((each) => this.branch(each));
    if (name === 'properties' && isObject(value))
      return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, this.value(each)]));
    if (name === 'items' || name === 'additionalProperties')
      return isObject(value) ? this.value(value) : value;
    return value;
  }
}

/** The schemas that extend a schema by `allOf`, by reference: what is said to be of it may be of one of them. */
function heirsOf(document: JsonObject): ReadonlyMap<string, readonly string[]> {
  const heirs = new Map<string, string[]>();
  for (const [name, schema] of Object.entries(objectAt(objectAt(document, 'components'), 'schemas')))
    for (const part of listAt(schema, 'allOf')) {
      const parent = isObject(part) ? part['$ref'] : undefined;
      if (typeof parent === 'string')
        heirs.set(parent, [...(heirs.get(parent) ?? []), `#/components/schemas/${name}`]);
    }
  return heirs;
}

/** Whether a schema names any field, itself or in a branch; one that does not says nothing of what may be there. */
function namesFields(document: JsonObject, schema: unknown): boolean {
  return fieldsOf(document, schema).length > 0;
}

/** The schemas of an object's fields, those of its branches among them. */
function fieldsOf(document: JsonObject, schema: unknown): readonly (readonly [string, unknown])[] {
  const found = resolve(document, schema);
  return [
    ...Object.entries(objectAt(found, 'properties')),
    ...branches.flatMap((name) => listAt(found, name).flatMap((each) => fieldsOf(document, each))),
  ];
}
