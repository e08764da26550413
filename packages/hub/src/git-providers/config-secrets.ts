import { elementSchemas, expand, isObject, memberSchemas } from './json-schema.js';

/**
 * A JSON value parted in two of the same shape: what may be shown, and the secrets. Either is undefined when it has
 * nothing; in lists null keeps the place of what the other half has.
 */
export interface SplitConfig {
  readonly shown: unknown;
  readonly secrets: unknown;
}

/** Parts a config at whatever its JSON Schema marks `writeOnly`. Follows every alternative. */
export function splitSecrets(jsonSchema: object, config: unknown): SplitConfig {
  return split(jsonSchema, [jsonSchema], config);
}

/** Puts together what {@link splitSecrets} parted. */
export function mergeSecrets(shown: unknown, secrets: unknown): unknown {
  if (secrets === undefined || secrets === null) return shown;
  if (Array.isArray(shown) && Array.isArray(secrets)) {
    return shown.map((element: unknown, index) => mergeSecrets(element, secrets[index]));
  }
  if (isObject(shown) && isObject(secrets)) {
    const keys = new Set([...Object.keys(shown), ...Object.keys(secrets)]);
    return Object.fromEntries([...keys].map((key) => [key, mergeSecrets(shown[key], secrets[key])]));
  }
  return secrets;
}

/** Names the secrets that are set: `oauth.clientSecret`. */
export function secretPaths(secrets: unknown, prefix = ''): readonly string[] {
  if (secrets === undefined || secrets === null) return [];
  if (typeof secrets !== 'object') return [prefix];
  return Object.entries(secrets).flatMap(([key, value]) =>
    secretPaths(value, prefix === '' ? key : `${prefix}.${key}`),
  );
}

function split(root: object, schemas: readonly unknown[], value: unknown): SplitConfig {
  const alternatives = expand(root, schemas);
  if (alternatives.some((schema) => schema['writeOnly'] === true))
    return { shown: undefined, secrets: value };
  if (Array.isArray(value)) {
    const parts = value.map((element: unknown, index) =>
      split(root, elementSchemas(alternatives, index), element),
    );
    return {
      shown: parts.map((part) => part.shown ?? null),
      secrets: parts.some((part) => part.secrets !== undefined)
        ? parts.map((part) => part.secrets ?? null)
        : undefined,
    };
  }
  if (!isObject(value)) return { shown: value, secrets: undefined };
  const parts = Object.entries(value).map(
    ([key, member]) => [key, split(root, memberSchemas(alternatives, key), member)] as const,
  );
  return {
    shown: pick(parts.map(([key, part]) => [key, part.shown])) ?? {},
    secrets: pick(parts.map(([key, part]) => [key, part.secrets])),
  };
}

function pick(entries: readonly (readonly [string, unknown])[]): object | undefined {
  const present = entries.filter(([, value]) => value !== undefined);
  return present.length === 0 ? undefined : Object.fromEntries(present);
}
