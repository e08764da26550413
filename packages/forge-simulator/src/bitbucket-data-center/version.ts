/** How the versions of Bitbucket differ on the wire, as far as it matters here. */
export interface BitbucketVersion {
  /** '9.4.1' */
  readonly version: string;
  readonly buildNumber: string;
  /** Since 8.0: repositories can be archived, and listed by that and by their project's key. */
  readonly archives: boolean;
  /**
   * Since 8.9.22, 8.19.12 and 9.3.2: tokens are refused outside of the REST API and git.
   * @see https://support.atlassian.com/bitbucket-data-center/kb/access-tokens-no-longer-work-as-expected-after-upgrading-bitbucket-data-center
   */
  readonly tokensOnlyForRest: boolean;
}

/** @throws Error for what is no version, 'major.minor.patch' */
export function bitbucketVersion(version: string): BitbucketVersion {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (major === undefined) throw new Error(`'${version}' is no version of Bitbucket: it has the form 9.4.1`);
  const numbers = [major, minor, patch].map(Number);
  return {
    version,
    buildNumber: numbers.map((number) => String(number).padStart(3, '0')).join(''),
    archives: isAtLeast(numbers, [8, 0, 0]),
    tokensOnlyForRest: tokensOnlyForRest(numbers),
  };
}

function tokensOnlyForRest(version: readonly number[]): boolean {
  const [major = 0, minor = 0] = version;
  if (major === 8 && minor === 9) return isAtLeast(version, [8, 9, 22]);
  if (major === 8) return isAtLeast(version, [8, 19, 12]);
  return isAtLeast(version, [9, 3, 2]);
}

function isAtLeast(version: readonly number[], wanted: readonly [number, number, number]): boolean {
  const index = wanted.findIndex((number, position) => number !== version[position]);
  return index === -1 || (version[index] ?? 0) > (wanted[index] ?? 0);
}
