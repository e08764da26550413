interface FieldBase {
  /** Where its value stands in the config: `oauth.clientId`. */
  readonly path: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly required: boolean;
}

/** What one member of a config looks like in a form. */
export type SchemaField =
  | (FieldBase & {
      readonly kind: 'text';
      readonly format: 'url' | 'email' | 'plain';
      readonly example: string | undefined;
    })
  | (FieldBase & { readonly kind: 'secret' })
  | (FieldBase & {
      readonly kind: 'number';
      readonly minimum: number | undefined;
      readonly maximum: number | undefined;
    })
  | (FieldBase & { readonly kind: 'switch'; readonly initially: boolean })
  | (FieldBase & {
      readonly kind: 'choice';
      readonly choices: readonly { readonly value: string; readonly label: string }[];
    })
  | (FieldBase & { readonly kind: 'group'; readonly fields: readonly SchemaField[] })
  /** Of a shape that has no place in a form: a value that is there already stays as it is. */
  | (FieldBase & { readonly kind: 'unsupported' });

/** The members that a JSON Schema of an object describes, in its order. */
export function fieldsOf(schema: Readonly<Record<string, unknown>>): readonly SchemaField[] {
  return membersOf(schema, schema, '', deepest);
}

/** What a schema refers to in itself again and again is followed so far. */
const deepest = 6;

type Schema = Readonly<Record<string, unknown>>;

function membersOf(root: Schema, schema: Schema, prefix: string, depth: number): readonly SchemaField[] {
  const { properties, required } = schema;
  if (!isSchema(properties)) return [];
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(properties).map(([key, member]) =>
    fieldOf(root, member, {
      path: prefix === '' ? key : `${prefix}.${key}`,
      required: needed.includes(key),
      depth,
    }),
  );
}

interface Place {
  readonly path: string;
  readonly required: boolean;
  readonly depth: number;
}

function fieldOf(root: Schema, member: unknown, { path, required, depth }: Place): SchemaField {
  const schema = depth > 0 ? resolve(root, member) : {};
  const base: FieldBase = {
    path,
    title: textOf(schema['title']) ?? inWords(path),
    description: textOf(schema['description']),
    required,
  };
  if (schema['writeOnly'] === true) return { ...base, kind: 'secret' };
  const choices = choicesOf(schema);
  if (choices !== undefined) return { ...base, kind: 'choice', choices };
  switch (schema['type']) {
    case 'string':
      return { ...base, kind: 'text', format: formatOf(schema['format']), example: exampleOf(schema) };
    case 'boolean':
      return { ...base, kind: 'switch', initially: schema['default'] === true };
    case 'number':
    case 'integer':
      return {
        ...base,
        kind: 'number',
        minimum: numberOf(schema['minimum']),
        maximum: numberOf(schema['maximum']),
      };
    case 'object':
      return isSchema(schema['properties'])
        ? { ...base, kind: 'group', fields: membersOf(root, schema, path, depth - 1) }
        : { ...base, kind: 'unsupported' };
    default:
      return { ...base, kind: 'unsupported' };
  }
}

/** Follows references within the schema, and sees through alternatives of which only one says anything. */
function resolve(root: Schema, schema: unknown, steps = deepest): Schema {
  if (!isSchema(schema) || steps === 0) return {};
  const { $ref: reference, anyOf, oneOf, allOf, ...own } = schema;
  if (typeof reference === 'string')
    return { ...resolve(root, referred(root, reference), steps - 1), ...own };
  const [only, ...others] = listOf(anyOf, oneOf, allOf).filter((each) => !isNull(each));
  if (only !== undefined && others.length === 0) return { ...resolve(root, only, steps - 1), ...own };
  return schema;
}

function referred(root: Schema, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, step) => (isSchema(value) ? value[step] : undefined), root);
}

function choicesOf(schema: Schema): (SchemaField & { kind: 'choice' })['choices'] | undefined {
  const { enum: values } = schema;
  if (Array.isArray(values) && values.every((value) => typeof value === 'string')) {
    return values.map((value) => ({ value, label: value }));
  }
  const named = listOf(schema['anyOf'], schema['oneOf']).map((each) => {
    const { const: value, title } = isSchema(each) ? each : {};
    return typeof value === 'string' ? { value, label: textOf(title) ?? value } : undefined;
  });
  const choices = named.filter((choice) => choice !== undefined);
  return choices.length > 0 && choices.length === named.length ? choices : undefined;
}

function formatOf(format: unknown): 'url' | 'email' | 'plain' {
  if (format === 'uri' || format === 'url') return 'url';
  return format === 'email' ? 'email' : 'plain';
}

function exampleOf({ examples }: Schema): string | undefined {
  return textOf(listOf(examples)[0]);
}

/** `oauth.clientId` → `Client id`, for a schema without a title. */
function inWords(path: string): string {
  const key = path.split('.').at(-1) ?? path;
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The first that is a list; none: nothing. */
function listOf(...candidates: readonly unknown[]): readonly unknown[] {
  return candidates.find((candidate) => Array.isArray(candidate)) ?? [];
}

function isNull(schema: unknown): boolean {
  return isSchema(schema) && schema['type'] === 'null';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
