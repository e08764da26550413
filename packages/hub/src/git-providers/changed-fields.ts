import { isDeepStrictEqual } from 'node:util';
import { fromJson } from '../store/json.js';
import type { GitProviderRow } from '../store/schema.js';
import { isObject } from './json-schema.js';

const settings = [
  ['name', 'name'],
  ['organizations', 'organizations'],
  ['patterns', 'patterns'],
  ['syncPolicy', 'sync_policy'],
  ['schedule', 'schedule_minutes'],
] as const satisfies readonly (readonly [string, keyof GitProviderRow])[];

/** Names what is another between two versions of a git provider: `name`, `config.baseUrl`. Never its value. */
export function changedFields(from: GitProviderRow, to: GitProviderRow): readonly string[] {
  const changed = settings.filter(([, column]) => from[column] !== to[column]).map(([name]) => name);
  return [...changed, ...changedPaths(fromJson(from.config), fromJson(to.config), 'config')];
}

function changedPaths(from: unknown, to: unknown, path: string): readonly string[] {
  if (isDeepStrictEqual(from, to)) return [];
  if (!isObject(from) || !isObject(to)) return [path];
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return keys.flatMap((key) => changedPaths(from[key], to[key], `${path}.${key}`));
}
