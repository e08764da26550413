import { ApiError } from '@anyforge/client';

/** What is wrong, by field, and what is about none of them. */
export interface FieldErrors {
  /** By the path of the field in the request: `name`, `config.oauth.clientId`. */
  readonly at: Readonly<Record<string, string>>;
  /** What is left for an alert; undefined: everything is said at a field. */
  readonly rest: unknown;
}

/**
 * Splits what went wrong among the fields of a form.
 *
 * @param shown the fields that the form has; what concerns others is left for the alert
 * @param byCode the field that a code is about, where the server names none
 */
export function fieldErrorsOf(
  error: unknown,
  shown: readonly string[],
  byCode: Readonly<Record<string, string>> = {},
): FieldErrors {
  if (!(error instanceof ApiError)) return { at: {}, rest: error ?? undefined };
  const known = error.fields.filter(({ path }) => shown.includes(path));
  const at = Object.fromEntries(known.map(({ path, message }) => [path, message]));
  const field = byCode[error.code];
  if (field !== undefined && error.fields.length === 0)
    return { at: { [field]: error.detail }, rest: undefined };
  const isWhole = known.length > 0 && known.length === error.fields.length;
  return { at, rest: isWhole ? undefined : error };
}
