import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** `input`: what is sent to the server. `output`: what it answers. */
type Direction = 'input' | 'output';

const definitionsPath = '#/$defs/';
const componentsPath = '#/components/schemas/';

/** Turns zod schemas into JSON Schemas for a document in which every entity with a name stands once. */
export class ComponentSchemas {
  readonly #components = new Map<string, JsonSchema>();

  /** @throws Error when two different entities have the same name. */
  add(schema: z.ZodType, direction: Direction): JsonSchema {
    const {
      $schema: _dialect,
      $defs,
      ...own
    } = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io: direction,
      override: ({ jsonSchema }) => {
        // The format says it all; the pattern that goes with it is for machines without formats.
        if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
      },
    });
    for (const [name, definition] of Object.entries($defs ?? {})) this.#define(name, definition);
    return pointToComponents(own);
  }

  /** By name, in an order that never changes. */
  list(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#components].toSorted(([one], [other]) => (one < other ? -1 : 1)));
  }

  #define(name: string, definition: JsonSchema): void {
    const schema = pointToComponents(definition);
    const known = this.#components.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`Two different schemas are called ${name}. Give one of them another id.`);
    this.#components.set(name, schema);
  }
}

function pointToComponents(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? value.replace(definitionsPath, componentsPath) : value,
  );
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}
