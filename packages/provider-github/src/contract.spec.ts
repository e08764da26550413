import type { ContractSubject, StartedForge, StartOptions } from '@anyforge/provider-testkit';
import { describeContract, describeMutants } from '@anyforge/provider-testkit/jest';
import type { FaultEffect } from '@anyforge/forge-simulator';
import { secondaryLimitFault, startGithubSimulator } from '@anyforge/forge-simulator';
import { githubPlugin } from './index.js';

const levels = ['read', 'triage', 'write', 'maintain', 'admin'] as const;

const withoutPermissions: FaultEffect = {
  kind: 'edit',
  edit: (response) => ({
    ...response,
    body: JSON.stringify(JSON.parse(response.body), (name, value: unknown) =>
      name === 'permissions' ? undefined : value,
    ),
  }),
};

async function start({ world, clock }: StartOptions): Promise<StartedForge> {
  const simulator = await startGithubSimulator({ world, clock });
  const { webUrl, apiUrl, tokens, faults, policies } = simulator;
  const issue: StartedForge['issue'] = (person) => ({
    kind: 'token',
    token: tokens.issue({ kind: 'classic', person, scopes: ['repo', 'read:org', 'read:user'] }),
  });
  return {
    simulator,
    config: { baseUrl: webUrl, apiUrl },
    issue,
    // GitHub's description of a repository leaves `permissions` optional.
    issueUntold: (person) => {
      faults.add({ match: { path: '/user/repos' }, times: Infinity, effect: withoutPermissions });
      return issue(person);
    },
    omit: (organization) => {
      policies.set(organization, { singleSignOn: true });
    },
    revoke: (credential) => {
      tokens.revoke(credential.kind === 'token' ? credential.token : credential.accessToken);
    },
  };
}

const subject: ContractSubject = {
  name: 'GitHub',
  plugin: githubPlugin,
  facts: {
    capabilities: {
      resume: true,
      totals: false,
      nextLinks: true,
      omissions: true,
      untoldPermissions: true,
      anonymousLists: false,
      via: false,
      oldPaths: true,
      scopes: true,
      oauth: false,
      refresh: false,
      rotation: false,
      redirectUriAtRefresh: false,
      pkce: false,
      issuer: false,
      publicClients: false,
      revoke: false,
      checkClient: false,
      deviceFlow: false,
    },
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
    limitAnswers: (retryAfter) => ({ 'a 403 for the secondary limit': secondaryLimitFault({ retryAfter }) }),
  },
  start,
};

describeContract(subject);
describeMutants(subject);
