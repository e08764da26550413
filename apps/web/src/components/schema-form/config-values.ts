import type { SchemaField } from './schema-fields.js';

/** A config as it stands in a form: like the config itself, with empty text where nothing is typed. */
export type ConfigValues = Readonly<Record<string, unknown>>;

/** The value at a path: `oauth.clientId`. */
export function readValue(config: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (isObject(value) ? ownOf(value, key) : undefined), config);
}

/** The text at a path; empty where there is none. */
export function readText(config: unknown, path: string): string {
  const value = readValue(config, path);
  return typeof value === 'string' ? value : '';
}

/** The config with another value at a path; undefined takes it away. */
export function writeValue(config: ConfigValues, path: string, value: unknown): ConfigValues {
  const [key = '', ...rest] = path.split('.');
  const { [key]: former, ...others } = config;
  if (rest.length === 0) return value === undefined ? others : { ...config, [key]: value };
  return { ...config, [key]: writeValue(isObject(former) ? former : {}, rest.join('.'), value) };
}

/**
 * What is sent of a form: without what is empty, and without optional groups in which nothing is said. A secret that
 * is empty is left out, which leaves it unchanged; null removes it.
 */
export function toConfig(fields: readonly SchemaField[], values: ConfigValues): ConfigValues {
  const known = new Map(fields.map((field) => [keyOf(field), field]));
  const entries = Object.entries(values).map(([key, value]): readonly [string, unknown] => {
    const field = known.get(key);
    return [key, field === undefined ? value : toValue(field, value)];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function toValue(field: SchemaField, value: unknown): unknown {
  if (field.kind === 'group') {
    if (!isObject(value)) return undefined;
    const group = toConfig(field.fields, value);
    return field.required || saysAnything(group) ? group : undefined;
  }
  if (typeof value !== 'string') return value === null && field.kind !== 'secret' ? undefined : value;
  const text = field.kind === 'secret' ? value : value.trim();
  return text === '' ? undefined : text;
}

/** The paths of all secrets among fields. */
export function secretPathsOf(fields: readonly SchemaField[]): readonly string[] {
  return fields.flatMap((field) => {
    if (field.kind === 'group') return secretPathsOf(field.fields);
    return field.kind === 'secret' ? [field.path] : [];
  });
}

/** A config without what was typed as secrets. */
export function withoutSecrets(fields: readonly SchemaField[], values: ConfigValues): ConfigValues {
  return secretPathsOf(fields)
    .filter((path) => readValue(values, path) !== undefined)
    .reduce((config, path) => writeValue(config, path, undefined), values);
}

/** Removing a secret is nothing that keeps a group. */
function saysAnything(group: ConfigValues): boolean {
  return Object.values(group).some((value) => (isObject(value) ? saysAnything(value) : value !== null));
}

function keyOf({ path }: SchemaField): string {
  return path.split('.').at(-1) ?? path;
}

function isObject(value: unknown): value is ConfigValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ownOf(value: ConfigValues, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}
