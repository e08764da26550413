import type { SimulatedRequest } from './message.js';
import { hashCredential } from './message.js';

/** Headers whose value is a credential, on any forge. */
const credentialHeaders = [
  'authorization',
  'private-token',
  'job-token',
  'deploy-token',
  'proxy-authorization',
];

/** Parameters of an address or a body whose value is a secret, on any forge and in OAuth. */
const secretParameters: ReadonlySet<string> = new Set([
  'access_token',
  'private_token',
  'job_token',
  'token',
  'refresh_token',
  'client_secret',
  'client_assertion',
  'code',
  'code_verifier',
  'device_code',
  'password',
]);

/** A credential as a request carried it, without the credential. */
export interface SeenCredential {
  /** 'Bearer', 'Basic', or the name of the header or parameter it came in. */
  readonly scheme: string;
  /** Of the token itself: of the password, or the user name without one, where it came in Basic. */
  readonly hash: string;
}

/** The first credential of a request, whichever way it came. */
export function credentialOf({ headers, query }: SimulatedRequest): SeenCredential | undefined {
  for (const name of credentialHeaders) {
    const value = headers.get(name);
    if (value === null || value === '') continue;
    if (!name.endsWith('authorization')) return { scheme: name, hash: hashCredential(value) };
    const [, scheme = '', secret = ''] = /^(?:(\S+)\s+)?(.*)$/s.exec(value) ?? [];
    const token = /^basic$/i.test(scheme) ? secretOfBasic(secret) : secret;
    return { scheme, hash: hashCredential(token) };
  }
  for (const name of ['access_token', 'private_token', 'job_token']) {
    const value = query.get(name);
    if (value !== null) return { scheme: name, hash: hashCredential(value) };
  }
  return undefined;
}

/** Headers by lower-case name, with hashes where credentials and cookies were. */
export function redactedHeaders({ headers }: SimulatedRequest): Record<string, string> {
  const entries = [...headers].map(([name, value]): [string, string] => {
    if (name === 'cookie') return [name, redacted(value)];
    if (!credentialHeaders.includes(name)) return [name, value];
    const [scheme, ...rest] = value.split(' ');
    return [name, rest.length === 0 ? redacted(value) : `${scheme ?? ''} ${redacted(rest.join(' '))}`];
  });
  return Object.fromEntries(entries);
}

export function redactedQuery({ query }: SimulatedRequest): Record<string, string> {
  return Object.fromEntries(redactedParameters(query));
}

/** A form or JSON body with hashes where secrets were; another one as it is. */
export function redactedBody({ headers, body }: SimulatedRequest): string {
  const contentType = headers.get('content-type') ?? '';
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return redactedParameters(new URLSearchParams(body)).toString();
  if (!/\bjson\b/.test(contentType)) return body;
  try {
    return JSON.stringify(JSON.parse(body), (name, value: unknown) =>
      typeof value === 'string' && secretParameters.has(name) ? redacted(value) : value,
    );
  } catch {
    return body;
  }
}

/** Whether a request carried a secret anywhere: in its address, headers or body, as it is or within base64. */
export function carries({ url, headers, body }: SimulatedRequest, secret: string): boolean {
  const texts = [url.href, ...[...url.searchParams].flat(), ...[...headers].flat(), body];
  if (headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') === true)
    texts.push(...[...new URLSearchParams(body)].flat());
  return texts.some(
    (text) =>
      text.includes(secret) ||
      (text.match(/[A-Za-z0-9+/_-]{8,}/g) ?? []).some((word) =>
        Buffer.from(word, 'base64').toString('utf8').includes(secret),
      ),
  );
}

function redactedParameters(parameters: URLSearchParams): URLSearchParams {
  const kept = new URLSearchParams();
  for (const [name, value] of parameters)
    kept.append(name, secretParameters.has(name) ? redacted(value) : value);
  return kept;
}

function redacted(secret: string): string {
  return `sha256:${hashCredential(secret)}`;
}

function secretOfBasic(encoded: string): string {
  const [username = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return password.join(':') || username;
}
