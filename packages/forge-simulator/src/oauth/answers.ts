import type { SimulatedRequest, TextResponse } from '../http/message.js';
import type { OAuthErrorAnswer, OAuthFields, OAuthProblem, OAuthRules } from './rules.js';
import { standardErrors, widerProblems } from './standard-errors.js';

/** Nothing of what an authorization server says may be kept. */
const unkept = { 'cache-control': 'no-store', pragma: 'no-cache' };

/** @param sent the parameters of the request that has the problem */
export function errorFor(rules: OAuthRules, problem: OAuthProblem, sent: URLSearchParams): OAuthErrorAnswer {
  const wider = widerProblems[problem];
  const own = rules.errors[problem] ?? (wider === undefined ? undefined : rules.errors[wider]);
  if (own === undefined) return standardErrors[problem];
  return typeof own === 'function' ? own(sent) : own;
}

export function errorFields({ error, description, uri }: OAuthErrorAnswer): Record<string, string> {
  return {
    error,
    ...(description === undefined ? {} : { error_description: description }),
    ...(uri === undefined ? {} : { error_uri: uri }),
  };
}

/** An answer to a program: JSON, or a form where the forge prefers that and the program does not ask for JSON. */
export function answerProgram(
  rules: OAuthRules,
  request: SimulatedRequest,
  status: number,
  fields: OAuthFields,
): TextResponse {
  const accept = request.headers.get('accept') ?? '';
  if (rules.token.answers === 'json' || /\bjson\b/.test(accept))
    return {
      status,
      headers: { ...unkept, 'content-type': rules.token.contentType ?? 'application/json; charset=utf-8' },
      body: JSON.stringify(fields),
    };
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) form.append(name, String(value));
  return {
    status,
    headers: { ...unkept, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: form.toString(),
  };
}

/** A problem as the token endpoint says it; `fields` adds to the error's own. */
export function answerProblem(
  rules: OAuthRules,
  request: SimulatedRequest,
  problem: OAuthProblem,
  fields: OAuthFields = {},
): TextResponse {
  const error = errorFor(rules, problem, parametersOf(rules, request));
  const response = answerProgram(rules, request, error.status, { ...errorFields(error), ...fields });
  const askedBasic = /^basic /i.test(request.headers.get('authorization') ?? '');
  if (error.status !== 401 || !askedBasic) return response;
  const headers = { ...response.headers, 'www-authenticate': `Basic realm="${rules.forge}"` };
  return { ...response, headers };
}

/** Sends the browser back to a client. */
export function redirectTo(
  address: string,
  parameters: Readonly<Record<string, string | undefined>>,
): TextResponse {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, value);
  return { status: 302, headers: { ...unkept, location: url.href }, body: '' };
}

/** The parameters of a form; another kind of body has none. */
export function formOf(request: SimulatedRequest): URLSearchParams {
  return new URLSearchParams(hasBody(request, 'application/x-www-form-urlencoded') ? request.body : '');
}

/**
 * What a program sends, as a form or as the forge takes it else. A parameter without a value counts as left out.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.2
 */
export function parametersOf({ token }: OAuthRules, request: SimulatedRequest): URLSearchParams {
  const sent =
    token.acceptsJson && hasBody(request, 'application/json') ? fieldsOf(request.body) : formOf(request);
  return new URLSearchParams([...sent].filter(([, value]) => value !== ''));
}

function hasBody({ headers }: SimulatedRequest, contentType: string): boolean {
  return (headers.get('content-type') ?? '').startsWith(contentType);
}

/** The texts of a JSON object, by name; a body that is none has nothing. */
function fieldsOf(body: string): [string, string][] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return [];
  }
  const fields: [string, unknown][] = Object.entries(parsed ?? {});
  return fields.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
}
