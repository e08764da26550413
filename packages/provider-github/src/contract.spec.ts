import type { FaultEffect, GithubProfileName } from '@anyforge/forge-simulator';
import { secondaryLimitFault, startGithubSimulator } from '@anyforge/forge-simulator';
import type { Capabilities, ContractSubject, StartedForge, StartOptions } from '@anyforge/provider-testkit';
import { describeContract, describeMutants } from '@anyforge/provider-testkit/jest';
import { secretOf } from '@anyforge/provider-kit';
import { githubPlugin } from './index.js';

const levels = ['read', 'triage', 'write', 'maintain', 'admin'] as const;

/** GitHub's description of a repository leaves `permissions` optional. */
const withoutPermissions: FaultEffect = {
  kind: 'edit',
  edit: (response) => ({
    ...response,
    body: JSON.stringify(JSON.parse(response.body), (name, value: unknown) =>
      name === 'permissions' ? undefined : value,
    ),
  }),
};

const refusal = (message: string, headers: Readonly<Record<string, string>> = {}): FaultEffect => ({
  kind: 'respond',
  status: 403,
  headers: { 'x-github-request-id': 'ABCD:1', ...headers },
  body: { message, documentation_url: 'https://docs.github.com/rest' },
});

async function start(profile: GithubProfileName, { world, clock }: StartOptions): Promise<StartedForge> {
  const simulator = await startGithubSimulator({ world, clock, profile });
  const { webUrl, apiUrl, tokens, faults, policies } = simulator;
  const issue: StartedForge['issue'] = (person) => ({
    kind: 'token',
    token: tokens.issue({ kind: 'classic', person, scopes: ['repo', 'read:org', 'read:user'] }),
  });
  return {
    simulator,
    config: { baseUrl: webUrl, apiUrl },
    issue,
    issueUntold: (person) => {
      faults.add({ match: { path: '/user/repos' }, times: Infinity, effect: withoutPermissions });
      return issue(person);
    },
    issueNarrow: (person) => ({
      kind: 'token',
      token: tokens.issue({ kind: 'classic', person, scopes: ['read:user'] }),
    }),
    omit: (organization) => {
      policies.set(organization, { singleSignOn: true });
    },
    revoke: (credential) => {
      tokens.revoke(secretOf(credential));
    },
  };
}

const capabilities: Omit<Capabilities, 'refresh' | 'rotation' | 'issuer'> = {
  resume: true,
  totals: false,
  nextLinks: true,
  omissions: true,
  untoldPermissions: true,
  anonymousLists: false,
  via: false,
  oldPaths: true,
  scopes: true,
  oauth: true,
  redirectUriAtRefresh: false,
  redirectRefusal: true,
  pkce: true,
  publicClients: false,
  revoke: true,
  checkClient: true,
  deviceFlow: true,
};

const facts: Omit<ContractSubject['facts'], 'capabilities'> = {
  pageSize: 100,
  order: (one, other) => (one.path.toLowerCase() < other.path.toLowerCase() ? -1 : 1),
  grants: {
    personal: ['admin'],
    direct: levels,
    outside: levels,
    team: levels,
    subteam: levels,
    teamOnOrganization: levels,
    member: levels,
    base: ['read', 'write', 'admin'],
    owner: ['admin'],
  },
  optionalFields: ['description', 'visibility', 'clone_url', 'ssh_url', 'updated_at', 'pushed_at'],
  budgetHeaders: ({ limit, remaining, resetAt }) => ({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-used': String(limit - remaining),
    'x-ratelimit-reset': String(resetAt.getTime() / 1_000),
    'x-ratelimit-resource': 'core',
  }),
  refusals: {
    'a scope that is missing': {
      effect: refusal('Resource not accessible by personal access token'),
      kind: 'insufficient_scope',
    },
    'single sign-on': {
      effect: refusal('Resource protected by organization SAML enforcement.', {
        'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=A',
      }),
      kind: 'sso_required',
    },
    'an application that nobody approved': {
      effect: refusal(
        'Although you appear to have the correct authorization credentials, the `acme` organization has enabled ' +
          'OAuth App access restrictions, meaning that data access to third-parties is limited.',
      ),
      kind: 'organization_restricted',
    },
    'what only others may': { effect: refusal('Must have admin rights to Repository.'), kind: 'forbidden' },
  },
  limitAnswers: (retryAfter) => ({ 'a 403 for the secondary limit': secondaryLimitFault({ retryAfter }) }),
};

const subjects: readonly ContractSubject[] = [
  {
    name: 'GitHub',
    plugin: githubPlugin,
    facts: {
      ...facts,
      capabilities: { ...capabilities, refresh: true, rotation: true, issuer: true },
      oauthClient: { kind: 'github-app' },
    },
    start: (options) => start('cloud', options),
  },
  {
    name: 'GitHub Enterprise Server',
    plugin: githubPlugin,
    facts: {
      ...facts,
      capabilities: { ...capabilities, refresh: false, rotation: false, issuer: false },
      oauthClient: { kind: 'oauth-app' },
    },
    start: (options) => start('enterprise-server', options),
  },
];

for (const subject of subjects) {
  describeContract(subject);
  describeMutants(subject);
}
