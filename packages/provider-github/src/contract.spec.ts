import type { StartedForge, StartOptions } from '@anyforge/provider-testkit';
import { describeContract } from '@anyforge/provider-testkit/jest';
import { secondaryLimitFault, startGithubSimulator } from '@anyforge/forge-simulator';
import { githubPlugin } from './index.js';

const levels = ['read', 'triage', 'write', 'maintain', 'admin'] as const;

async function start({ world, clock }: StartOptions): Promise<StartedForge> {
  const simulator = await startGithubSimulator({ world, clock });
  const { webUrl, apiUrl, tokens } = simulator;
  return {
    simulator,
    config: { baseUrl: webUrl, apiUrl },
    issue: (person) => ({
      kind: 'token',
      token: tokens.issue({ kind: 'classic', person, scopes: ['repo', 'read:org', 'read:user'] }),
    }),
    revoke: (credential) => {
      tokens.revoke(credential.kind === 'token' ? credential.token : credential.accessToken);
    },
  };
}

describeContract({
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
});
