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
  /** Versions that are answered with the date on which they end. */
  readonly deprecations: Readonly<Record<string, ApiDeprecation>>;
  /** The value of X-GitHub-Enterprise-Version. */
  readonly serverVersion: string | undefined;
  readonly docsUrl: string;
  /**
   * What follows the web address in the issuer that the answers of its authorization page name. GitHub.com alone is
   * known to name one: what the others publish of themselves is incorrect, says their documentation.
   * @see https://docs.github.com/apps/github-authentication-discovery-endpoints
   */
  readonly issuerPath: '/login/oauth' | undefined;
  /** Whether limits are on unless the test says otherwise. */
  readonly rateLimited: boolean;
}

export interface ApiDeprecation {
  readonly since: Date;
  readonly sunset: Date;
  /** What to read about it. */
  readonly url: string;
}

const apiVersionsPage = 'https://docs.github.com/en/rest/about-the-rest-api/api-versions';

const cloud: GithubProfile = {
  name: 'cloud',
  separateApi: true,
  apiPrefix: '',
  apiVersions: ['2026-03-10', '2022-11-28'],
  defaultApiVersion: '2022-11-28',
  deprecations: {
    '2022-11-28': {
      since: new Date('2026-03-10T00:00:00Z'),
      sunset: new Date('2028-03-10T00:00:00Z'),
      url: apiVersionsPage,
    },
  },
  serverVersion: undefined,
  docsUrl: 'https://docs.github.com/rest',
  issuerPath: '/login/oauth',
  rateLimited: true,
};

function enterpriseServer(serverVersion: string): GithubProfile {
  const [major = '', minor = ''] = serverVersion.split('.');
  return {
    name: 'enterprise-server',
    separateApi: false,
    apiPrefix: '/api/v3',
    apiVersions: ['2022-11-28'],
    defaultApiVersion: '2022-11-28',
    deprecations: {},
    serverVersion,
    docsUrl: `https://docs.github.com/enterprise-server@${major}.${minor}/rest`,
    issuerPath: undefined,
    rateLimited: false,
  };
}

/**
 * @param serverVersion an Enterprise Server's; 3.19.2 when not given
 * @throws Error for GitHub.com with a version
 * @see https://docs.github.com/en/rest/about-the-rest-api/api-versions
 */
export function githubProfile(name: GithubProfileName, serverVersion?: string): GithubProfile {
  if (name === 'enterprise-server') return enterpriseServer(serverVersion ?? '3.19.2');
  if (serverVersion !== undefined) throw new Error('GitHub.com has no server version');
  return cloud;
}
