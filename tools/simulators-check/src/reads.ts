import { z } from 'zod';
import type { Exchange } from './exchange.js';
import type { JsonObject } from './json.js';
import { isObject, listAt, objectAt } from './json.js';

/** A field that an adapter reads, or an item of a list: 'owner.login', '[0].id', 'values[]'. */
interface Sighting {
  readonly path: string;
  readonly present: boolean;
}

/**
 * What is wrong with an answer as the adapter's schemas read it: every field and, of every list, an item has to be
 * there, unless the exchange says of it that it is not; and then it must not be.
 */
export function readFaults(
  reads: readonly z.ZodType[],
  answer: unknown,
  { withheld = [], inSome = [] }: Pick<Exchange, 'withheld' | 'inSome'>,
): readonly string[] {
  const places = new Map<string, Sighting[]>();
  for (const sighting of reads.flatMap((wire) => [...walk(z.toJSONSchema(wire, conversion), answer, '')])) {
    const place = sighting.path.replaceAll(/\[\d+\]/g, '[]');
    places.set(place, [...(places.get(place) ?? []), sighting]);
  }
  const faults = [...withheld, ...inSome]
    .filter((place) => !places.has(place))
    .map((place) => `has nowhere for ${place} to be, which the exchange speaks of`);
  for (const [place, sightings] of places) {
    const somewhere = sightings.some(({ present }) => present);
    const everywhere = sightings.every(({ present }) => present);
    if (withheld.includes(place)) {
      if (somewhere) faults.push(`has ${place}, which is said to be withheld`);
    } else if (inSome.includes(place)) {
      if (!somewhere) faults.push(`lacks ${place} everywhere, which is said to be in some`);
      if (everywhere) faults.push(`has ${place} everywhere, which is said to be in some`);
    } else
      for (const { path, present } of sightings)
        if (!present) faults.push(`lacks ${path}, which the adapter reads`);
  }
  return [...new Set(faults), ...reads.flatMap((wire) => unreadable(wire, answer))];
}

const conversion = { io: 'input', unrepresentable: 'any', reused: 'inline' } as const;

function unreadable(wire: z.ZodType, answer: unknown): readonly string[] {
  const issues = wire.safeParse(answer).error?.issues ?? [];
  return issues.map(({ path, message }) => `cannot be read by the adapter at ${path.join('.')}: ${message}`);
}

function* walk(reads: unknown, value: unknown, path: string): Generator<Sighting> {
  for (const shape of shapes(reads)) {
    if (Array.isArray(value) && 'items' in shape) {
      yield { path: `${path}[]`, present: value.length > 0 };
      for (const [index, item] of value.entries()) yield* walk(shape['items'], item, `${path}[${index}]`);
    }
    if (!isObject(value)) continue;
    for (const [name, read] of Object.entries(objectAt(shape, 'properties'))) {
      const here = path === '' ? name : `${path}.${name}`;
      yield { path: here, present: name in value };
      if (name in value) yield* walk(read, value[name], here);
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
