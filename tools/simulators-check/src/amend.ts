import type { Description } from './description.js';
import { find } from './description.js';
import type { Amendment } from './exchange.js';
import type { JsonObject } from './json.js';
import { isObject } from './json.js';

/**
 * The description with its amendments.
 * @throws Error for one that is at a place where no object is
 */
export function amend(description: Description, amendments: readonly Amendment[]): Description {
  let { document } = description;
  for (const amendment of amendments)
    document =
      'optional' in amendment
        ? withOptional(document, amendment.optional)
        : withMerged(document, amendment.at, amendment.merge);
  return { ...description, document };
}

function withOptional(document: JsonObject, field: string): JsonObject {
  return rewrite(document, (value, name) =>
    name === 'required' && Array.isArray(value) ? value.filter((each) => each !== field) : value,
  );
}

function withMerged(document: JsonObject, at: string, merge: JsonObject): JsonObject {
  const target = find(document, at);
  if (!isObject(target)) throw new Error(`There is nothing to amend at ${at}`);
  const merged = Object.entries({ ...target, ...merge }).filter(([, value]) => value !== null);
  return rewrite(document, (value) => (value === target ? Object.fromEntries(merged) : value));
}

/** A copy in which every value has gone through `change`. */
function rewrite(document: JsonObject, change: (value: unknown, name: string) => unknown): JsonObject {
  const copy = (value: unknown, name: string): unknown => {
    const changed = change(value, name);
    if (Array.isArray(changed)) return changed.map((each, index) => copy(each, String(index)));
    return isObject(changed) ? copyMembers(changed) : changed;
  };
  const copyMembers = (object: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([name, each]) => [name, copy(each, name)]));
  return copyMembers(document);
}
