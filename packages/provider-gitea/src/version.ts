/** Which of the family answers, and its own version. */
export interface Release {
  readonly product: 'Gitea' | 'Forgejo';
  readonly version: string;
}

/** The oldest whose listings are known to be complete. */
const oldest = { Gitea: [1, 22], Forgejo: [9, 0] } as const;

/**
 * Reads a version: `1.26.3`, `1.27.0+dev-123-gabcdef`; Forgejo adds the Gitea that it is compatible with,
 * `13.0.1+gitea-1.22.0`. Undefined for anything else.
 *
 * @see https://forgejo.org/docs/latest/user/versions/
 */
export function readRelease(version: string): Release | undefined {
  if (!/^v?\d+\.\d+/.test(version)) return undefined;
  return { product: /\+gitea-/i.test(version) ? 'Forgejo' : 'Gitea', version };
}

/** Whether the tokens of an account are listed to each of them. */
export function listsTokens({ product, version }: Release): boolean {
  return product === 'Forgejo' && Number.parseInt(version.replace(/^v/, ''), 10) >= 10;
}

/** What to say of a release that is too old; undefined for those that are not. */
export function refuseOld({ product, version }: Release): string | undefined {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number.parseFloat);
  const [oldestMajor, oldestMinor] = oldest[product];
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `${product} ${version} is older than ${product} ${oldestMajor}.${oldestMinor}, the oldest that is supported.`;
}
