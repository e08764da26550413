import type { SchemaField } from '../../components/schema-form/schema-fields.js';
import { readValue, writeValue } from '../../components/schema-form/config-values.js';
import type { EditorValues } from './editor-values.js';
import { canonical } from './editor-values.js';

/** Two states of the same settings: as they stand on this page, and as somebody else has saved them. */
export interface TwoWays {
  readonly mine: EditorValues;
  readonly theirs: EditorValues;
}

/** With the state from which both began. */
export interface ThreeWays extends TwoWays {
  readonly base: EditorValues;
}

/** What was typed here stays; everything else is as somebody else has saved it meanwhile. */
export function mergeValues(fields: readonly SchemaField[], { base, mine, theirs }: ThreeWays): EditorValues {
  const typed = changedSettings(fields, base, mine).map(({ key }) => key);
  return keepChosen(fields, { mine, theirs }, typed);
}

/**
 * What is chosen stays as it is on this page; everything else is as somebody else has saved it.
 *
 * @param chosen keys of settings
 */
export function keepChosen(
  fields: readonly SchemaField[],
  { mine, theirs }: TwoWays,
  chosen: readonly string[],
): EditorValues {
  const pick = <Key extends keyof EditorValues>(key: Key): EditorValues[Key] =>
    chosen.includes(key) ? mine[key] : theirs[key];
  return {
    name: pick('name'),
    config: leavesOf(fields)
      .filter(({ path }) => chosen.includes(keyOf(path)))
      .reduce((config, { path }) => writeValue(config, path, readValue(mine.config, path)), theirs.config),
    organizations: pick('organizations'),
    patterns: pick('patterns'),
    syncPolicy: pick('syncPolicy'),
    schedule: pick('schedule'),
  };
}

const keys = ['name', 'organizations', 'patterns', 'syncPolicy', 'schedule'] as const;

/** A setting that has a title of its own is a member of the config. */
export type ChangedSetting =
  | { readonly key: (typeof keys)[number]; readonly title?: undefined }
  | { readonly key: string; readonly title: string };

/** What is another between two states. */
export function changedSettings(
  fields: readonly SchemaField[],
  from: EditorValues,
  to: EditorValues,
): readonly ChangedSetting[] {
  return [
    ...keys.filter((key) => !isSame(from[key], to[key])).map((key) => ({ key })),
    ...leavesOf(fields)
      .filter(({ path }) => isOther(from.config, to.config, path))
      .map(({ path, title }) => ({ key: keyOf(path), title })),
  ];
}

function keyOf(path: string): string {
  return `config.${path}`;
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
