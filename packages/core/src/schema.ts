import type { StandardSchemaV1 } from '@standard-schema/spec';
import { ProviderError } from './errors.js';

/** The Standard Schema interface; our adapters use zod, outsiders need not. @see https://standardschema.dev */
export type StandardSchema<T> = StandardSchemaV1<unknown, T>;

/** One thing that is wrong with a value. A schema's messages must not quote the value, which may be a secret. */
export interface SchemaIssue {
  /** `oauth.clientId`; empty for the value as a whole. */
  readonly path: string;
  readonly message: string;
}

export type SchemaResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly SchemaIssue[] };

/** Checks a value against a schema. @throws TypeError when the schema is asynchronous or throws: none of ours may. */
export function checkSchema<T>(schema: StandardSchema<T>, value: unknown): SchemaResult<T> {
  const result = schema['~standard'].validate(value);
  if ('then' in result) {
    // Some libraries answer a check that threw with a rejection: it must not end the process.
    void Promise.resolve(result).catch(() => undefined);
    throw new TypeError('The schema of a plugin must be synchronous and must not throw.');
  }
  if (result.issues === undefined) return { ok: true, value: result.value };
  const issues = result.issues.map(({ path, message }) => ({
    path: (path ?? [])
      .map((segment) => String(typeof segment === 'object' ? segment.key : segment))
      .join('.'),
    message,
  }));
  return { ok: false, issues };
}

/**
 * Parses the configuration of a git provider: what every plugin's `create` does first.
 *
 * @throws ProviderError `invalid_config`, naming every field that is wrong.
 */
export function parseConfig<T>(type: string, schema: StandardSchema<T>, config: unknown): T {
  const result = checkSchema(schema, config);
  if (result.ok) return result.value;
  const words = result.issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  throw new ProviderError('invalid_config', `The configuration is not valid. ${words.join('; ')}`, {
    provider: type,
  });
}
