export type GithubProfileName = 'cloud' | 'enterprise-server';

/** How GitHub.com and an Enterprise Server differ on the wire. */
export interface GithubProfile {
  readonly name: GithubProfileName;
  /** Whether the API has an origin of its own. */
  readonly separateApi: boolean;
  readonly apiPrefix: '' | '/api/v3';
  /** The most recent first. */
  readonly apiVersions: readonly [string, ...string[]];
  /** What a request gets that names no version. */
  readonly defaultApiVersion: string;
  /** The value of X-GitHub-Enterprise-Version. */
  readonly serverVersion: string | undefined;
  readonly docsUrl: string;
  /** Whether limits are on unless the test says otherwise. */
  readonly rateLimited: boolean;
}

/** @see https://docs.github.com/en/rest/about-the-rest-api/api-versions */
export const githubProfiles: Readonly<Record<GithubProfileName, GithubProfile>> = {
  cloud: {
    name: 'cloud',
    separateApi: true,
    apiPrefix: '',
    apiVersions: ['2026-03-10', '2022-11-28'],
    defaultApiVersion: '2022-11-28',
    serverVersion: undefined,
    docsUrl: 'https://docs.github.com/rest',
    rateLimited: true,
  },
  'enterprise-server': {
    name: 'enterprise-server',
    separateApi: false,
    apiPrefix: '/api/v3',
    apiVersions: ['2022-11-28'],
    defaultApiVersion: '2022-11-28',
    serverVersion: '3.19.2',
    docsUrl: 'https://docs.github.com/enterprise-server@3.19/rest',
    rateLimited: false,
  },
};
