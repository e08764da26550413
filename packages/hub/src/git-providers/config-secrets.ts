import { isDeepStrictEqual } from 'node:util';
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

/** A proposed config with the stored secrets that it leaves as they are. */
export interface CarriedConfig {
  readonly config: unknown;
  /** Which of the secrets are the stored ones: `oauth.clientSecret`. */
  readonly carried: readonly string[];
}

/**
 * Completes a config as a form sends it: a secret that is empty or absent stays as it is stored, null removes it.
 *
 * A stored secret only ever goes where it was: not to where the schema marks none any more, not into an object that is
 * gone, and not into a list in which anything else has changed, because there it might belong to another entry.
 */
export function carrySecrets(jsonSchema: object, proposed: unknown, stored: SplitConfig): CarriedConfig {
  const { value, carried } = carry(jsonSchema, [jsonSchema], { value: proposed, stored, path: '' });
  return { config: value, carried };
}

interface Place {
  readonly value: unknown;
  readonly stored: SplitConfig;
  readonly path: string;
}

interface Carried {
  readonly value: unknown;
  readonly carried: readonly string[];
}

const nothingStored: SplitConfig = { shown: undefined, secrets: undefined };

function carry(root: object, schemas: readonly unknown[], place: Place): Carried {
  const { value, stored } = place;
  const alternatives = expand(root, schemas);
  if (alternatives.some((schema) => schema['writeOnly'] === true)) return carrySecret(place);
  if (Array.isArray(value)) {
    const { shown } = split(root, schemas, value);
    const from = isDeepStrictEqual(shown, stored.shown) ? stored : nothingStored;
    const parts = value.map((_, index) =>
      carry(root, elementSchemas(alternatives, index), memberOf({ ...place, stored: from }, String(index))),
    );
    return {
      value: parts.map((part, index): unknown => part.value ?? value[index]),
      carried: parts.flatMap((part) => part.carried),
    };
  }
  if (!isObject(value)) return { value, carried: [] };
  const keys = [...new Set([...Object.keys(value), ...keysOf(stored.secrets)])];
  const parts = keys.map(
    (key) => [key, carry(root, memberSchemas(alternatives, key), memberOf(place, key))] as const,
  );
  return {
    value: pick(parts.map(([key, part]) => [key, part.value])) ?? {},
    carried: parts.flatMap(([, part]) => part.carried),
  };
}

function carrySecret({ value, stored: { secrets }, path }: Place): Carried {
  if (value === null) return { value: undefined, carried: [] };
  if (value !== undefined && value !== '') return { value, carried: [] };
  return { value: secrets ?? undefined, carried: secretPaths(secrets, path) };
}

function memberOf({ value, stored, path }: Place, key: string): Place {
  return {
    value: ownOf(value, key),
    stored: { shown: ownOf(stored.shown, key), secrets: ownOf(stored.secrets, key) },
    path: path === '' ? key : `${path}.${key}`,
  };
}

function keysOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

function ownOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
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
