import type { SchemaField } from '../../components/schema-form/schema-fields.js';
import { readValue, writeValue } from '../../components/schema-form/config-values.js';
import type { EditorValues } from './editor-values.js';
import { canonical } from './editor-values.js';

/** Three states of the same settings. */
export interface ThreeWays {
  /** From which both others began. */
  readonly base: EditorValues;
  readonly mine: EditorValues;
  readonly theirs: EditorValues;
}

/** What was typed here stays; everything else is as somebody else has saved it meanwhile. */
export function mergeValues(fields: readonly SchemaField[], { base, mine, theirs }: ThreeWays): EditorValues {
  const pick = <Key extends keyof EditorValues>(key: Key): EditorValues[Key] =>
    isSame(base[key], mine[key]) ? theirs[key] : mine[key];
  return {
    name: pick('name'),
    config: leavesOf(fields)
      .filter(({ path }) => isOther(base.config, mine.config, path))
      .reduce((config, { path }) => writeValue(config, path, readValue(mine.config, path)), theirs.config),
    organizations: pick('organizations'),
    patterns: pick('patterns'),
    syncPolicy: pick('syncPolicy'),
    schedule: pick('schedule'),
  };
}

export type ChangedSetting = Exclude<keyof EditorValues, 'config'> | { readonly title: string };

/** What is another between two states: settings by their key, members of the config by their title. */
export function changedSettings(
  fields: readonly SchemaField[],
  from: EditorValues,
  to: EditorValues,
): readonly ChangedSetting[] {
  const keys = ['name', 'organizations', 'patterns', 'syncPolicy', 'schedule'] as const;
  return [
    ...keys.filter((key) => !isSame(from[key], to[key])),
    ...leavesOf(fields).filter(({ path }) => isOther(from.config, to.config, path)),
  ].map((changed) => (typeof changed === 'string' ? changed : { title: changed.title }));
}

function leavesOf(fields: readonly SchemaField[]): readonly SchemaField[] {
  return fields.flatMap((field) => (field.kind === 'group' ? leavesOf(field.fields) : [field]));
}

/** Nothing typed and nothing there are the same. */
function isOther(from: unknown, to: unknown, path: string): boolean {
  return !isSame(readValue(from, path) ?? '', readValue(to, path) ?? '');
}

function isSame(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}
