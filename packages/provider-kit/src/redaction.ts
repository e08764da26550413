const secretParameters: ReadonlySet<string> = new Set([
  'access_token',
  'api_key',
  'assertion',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'device_code',
  'id_token',
  'job_token',
  'key',
  'password',
  'private_token',
  'refresh_token',
  'secret',
  'sig',
  'signature',
  'state',
  'token',
  'x-amz-credential',
  'x-amz-security-token',
  'x-amz-signature',
]);
const redacted = 'REDACTED';

/** A URL that may be told to anyone: without user info, fragment and the values of secret-like parameters. */
export function redactUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  shown.hash = '';
  for (const name of new Set(shown.searchParams.keys())) {
    if (secretParameters.has(name.toLowerCase())) shown.searchParams.set(name, redacted);
  }
  return shown.href;
}

/** No forge gives out shorter ones. Without them a text would be garbled, and tell them by the gaps. */
const shortestSecret = 8;

/** Replaces every secret of at least 8 characters in a text, as it is and as a URL would spell it. */
export function scrub(text: string, secrets: readonly string[]): string {
  const scrubbed = secrets.filter(({ length }) => length >= shortestSecret);
  const spellings = new Set(scrubbed.flatMap((secret) => [secret, encodeURIComponent(secret)]));
  const longestFirst = [...spellings].sort((one, other) => other.length - one.length);
  return longestFirst.reduce((clean, secret) => clean.replaceAll(secret, redacted), text);
}
