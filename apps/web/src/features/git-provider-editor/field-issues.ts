import type { FieldProblem } from '@anyforge/client';
import { ApiError } from '@anyforge/client';
import type { SchemaField } from '../../components/schema-form/schema-fields.js';

/** Whether a path is that of a setting, or of something in it. */
export function isAt(path: string, setting: string): boolean {
  return path === setting || path.startsWith(`${setting}.`);
}

/** What is wrong with fields, as the server tells it: also where it tells it by a code alone. */
export function issuesOf(error: unknown): readonly FieldProblem[] {
  if (!(error instanceof ApiError)) return [];
  if (error.code === 'duplicate_name') return [{ path: 'name', message: error.detail }];
  return error.fields;
}

/** The issues for which the page has no field: they are told beside it. */
export function unplacedIssues(
  fields: readonly SchemaField[],
  issues: readonly FieldProblem[],
): readonly FieldProblem[] {
  const places = [...settingsWithFields, ...pathsOf(fields).map((path) => `config.${path}`)];
  return issues.filter(({ path }) => !places.includes(path) && !/^patterns\.\d+$/.test(path));
}

const settingsWithFields = ['name', 'organizations', 'schedule.everyMinutes'];

function pathsOf(fields: readonly SchemaField[]): readonly string[] {
  return fields.flatMap((field) => {
    if (field.kind === 'group') return pathsOf(field.fields);
    return field.kind === 'unsupported' ? [] : [field.path];
  });
}
