/** A JSON Schema, or any other object in one. */
type JsonObject = Readonly<Record<string, unknown>>;

/** Keywords that hold schemas: one, a list, or some by name. */
interface Keywords {
  readonly one: readonly string[];
  readonly list: readonly string[];
  readonly map: readonly string[];
}

/** What applies to the value itself, whether or not it fulfils it: better a value hidden than a secret shown. */
const forValue: Keywords = {
  one: ['if', 'then', 'else'],
  list: ['allOf', 'anyOf', 'oneOf'],
  map: ['dependentSchemas', 'dependencies'],
};
const forElements: Keywords = {
  one: ['items', 'additionalItems', 'unevaluatedItems', 'contains'],
  list: ['prefixItems', 'items'],
  map: [],
};
const forMembers: Keywords = {
  one: ['additionalProperties', 'unevaluatedProperties'],
  list: [],
  map: ['properties', 'patternProperties'],
};
const references = ['$ref', '$dynamicRef', '$recursiveRef'];
const anchors = ['$anchor', '$dynamicAnchor'];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schemas themselves and all that they combine or refer to. */
export function expand(root: object, schemas: readonly unknown[]): readonly JsonObject[] {
  return closure(schemas, (schema) => [
    ...held(schema, forValue),
    ...references.flatMap((keyword) => resolve(root, schema[keyword])),
  ]);
}

/** What schemas say of an element of a list. */
export function elementSchemas(schemas: readonly JsonObject[], index: number): readonly unknown[] {
  return schemas.flatMap((schema) => {
    const here = forElements.list.flatMap((keyword) => listOf(schema[keyword]).slice(index, index + 1));
    const elsewhere = forElements.one.map((keyword) => schema[keyword]);
    return here.length > 0 ? [...here, schema['contains']] : elsewhere;
  });
}

/** What schemas say of a member of an object. */
export function memberSchemas(schemas: readonly JsonObject[], key: string): readonly unknown[] {
  return schemas.flatMap(({ properties, patternProperties, ...schema }) => {
    const named = Object.entries(mapOf(properties)).filter(([name]) => name === key);
    const matching = Object.entries(mapOf(patternProperties)).filter(([pattern]) => matches(pattern, key));
    const here = [...named, ...matching].map(([, member]) => member);
    return here.length > 0 ? here : forMembers.one.map((keyword) => schema[keyword]);
  });
}

/**
 * Where a schema marks a secret that its keywords do not lead us to, or refers to what it does not contain, as JSON
 * pointers: there a secret would be taken for something to show.
 */
export function unreachableSecrets(root: object): readonly string[] {
  const reached = new Set(
    closure([root], (schema) => [
      ...expand(root, [schema]),
      ...held(schema, forElements),
      ...held(schema, forMembers),
    ]),
  );
  return objectsIn(root, '#').flatMap(({ object, pointer }) => [
    ...(object['writeOnly'] === true && !reached.has(object) ? [pointer] : []),
    ...references
      .filter((keyword) => typeof object[keyword] === 'string' && resolve(root, object[keyword]).length === 0)
      .map((keyword) => `${pointer}/${keyword}`),
  ]);
}

/** All schemas that one leads to by way of others, each once. */
function closure(
  schemas: readonly unknown[],
  next: (schema: JsonObject) => readonly unknown[],
): readonly JsonObject[] {
  const found = new Set<JsonObject>();
  const visit = (schema: unknown): void => {
    if (!isObject(schema) || found.has(schema)) return;
    found.add(schema);
    next(schema).forEach(visit);
  };
  schemas.forEach(visit);
  return [...found];
}

function held(schema: JsonObject, { one, list, map }: Keywords): readonly unknown[] {
  return [
    ...one.map((keyword) => schema[keyword]),
    ...list.flatMap((keyword) => listOf(schema[keyword])),
    ...map.flatMap((keyword) => Object.values(mapOf(schema[keyword]))),
  ];
}

/** `#`, `#/$defs/oauth`, or an anchor: `#oauth`. Nothing for what this schema does not contain. */
function resolve(root: object, reference: unknown): readonly unknown[] {
  if (typeof reference !== 'string' || !reference.startsWith('#')) return [];
  const fragment = decode(reference.slice(1));
  if (fragment !== '' && !fragment.startsWith('/')) {
    // Of a dynamic anchor there may be several, and any of them may be meant.
    return objectsIn(root, '#')
      .map(({ object }) => object)
      .filter((object) => anchors.some((keyword) => object[keyword] === fragment));
  }
  const target = fragment
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, step) => new Map(entriesOf(value)).get(step), root);
  return target === undefined ? [] : [target];
}

function objectsIn(
  value: unknown,
  pointer: string,
): readonly { readonly object: JsonObject; readonly pointer: string }[] {
  const within = entriesOf(value).flatMap(([key, member]) => objectsIn(member, `${pointer}/${key}`));
  return isObject(value) ? [{ object: value, pointer }, ...within] : within;
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function mapOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** A pattern that is none matches everything. */
function matches(pattern: string, key: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(key);
  } catch {
    return true;
  }
}
