import type { ContractSubject, StartedForge, StartOptions } from '@anyforge/provider-testkit';
import { describeContract, describeMutants } from '@anyforge/provider-testkit/jest';
import type { BitbucketCloudSimulator, FaultEffect } from '@anyforge/forge-simulator';
import { bitbucketCloudUuid, startBitbucketCloudSimulator } from '@anyforge/forge-simulator';
import { secretOf } from '@anyforge/provider-kit';
import { bitbucketPlugin } from './plugin.js';

async function start({
  world,
  clock,
}: StartOptions): Promise<StartedForge & { readonly simulator: BitbucketCloudSimulator }> {
  const simulator = await startBitbucketCloudSimulator({ world, clock });
  const { webUrl, apiUrl, tokens, faults } = simulator;
  return {
    simulator,
    config: { baseUrl: webUrl, apiUrl },
    issue: (person) => ({
      kind: 'oauth',
      accessToken: tokens.issue({ kind: 'oauth', person, scopes: ['account', 'email', 'repository'] }),
    }),
    issueNarrow: (person) => ({
      kind: 'oauth',
      accessToken: tokens.issue({ kind: 'oauth', person, scopes: ['account'] }),
    }),
    issueUntold: (person) => {
      const [owner] = [...world.organizations];
      return {
        kind: 'token',
        token: tokens.issue({ kind: 'access', target: owner ?? person, scopes: ['repository'] }),
      };
    },
    revoke: (credential) => {
      tokens.revoke(secretOf(credential));
    },
    omit: ({ id }) => {
      faults.add({
        match: { path: `/repositories/${encodeURIComponent(bitbucketCloudUuid('workspace', id))}` },
        times: Infinity,
        effect: { kind: 'respond', status: 403, body: { type: 'error', error: { message: 'Forbidden' } } },
      });
    },
  };
}

function refusal(status: number, message: string): FaultEffect {
  return { kind: 'respond', status, body: { type: 'error', error: { message } } };
}

const levels = ['read', 'write', 'admin'] as const;

const subject: ContractSubject = {
  name: 'Bitbucket Cloud',
  plugin: bitbucketPlugin,
  facts: {
    capabilities: {
      resume: true,
      totals: false,
      nextLinks: true,
      omissions: true,
      untoldPermissions: true,
      anonymousLists: false,
      via: false,
      oldPaths: false,
      scopes: true,
      oauth: true,
      refresh: true,
      rotation: true,
      redirectUriAtRefresh: false,
      pkce: false,
      issuer: false,
      redirectRefusal: false,
      publicClients: false,
      revoke: false,
      checkClient: true,
      deviceFlow: false,
    },
    pageSize: 100,
    order: (one, other) => (one.path < other.path ? -1 : 1),
    grants: {
      personal: ['admin'],
      direct: levels,
      outside: levels,
      team: levels,
      teamOnOrganization: levels,
      member: levels,
      base: levels,
      owner: ['admin'],
      project: levels,
      teamOnProject: levels,
    },
    names: {
      repositoryId: ({ id }) => bitbucketCloudUuid('repository', id),
      accountId: ({ id }) => bitbucketCloudUuid('user', id),
      organizationId: ({ id }) => bitbucketCloudUuid('workspace', id),
    },
    refusals: {
      'a scope that is missing': {
        effect: refusal(403, 'Your credentials lack one or more required privilege scopes.'),
        kind: 'insufficient_scope',
      },
      'what only others may': {
        effect: refusal(403, 'You must be an admin to do this.'),
        kind: 'forbidden',
      },
      'what a 401 says to a good credential': {
        effect: refusal(401, 'You do not have access to view this workspace.'),
        kind: 'forbidden',
      },
    },
    untold: ['archived'],
    oauthClient: { scopes: ['account', 'email', 'repository'] },
    optionalFields: [
      'description',
      'mainbranch',
      'updated_on',
      'parent',
      'links',
      'name',
      'size',
      'page',
      'pagelen',
    ],
  },
  start,
};

const apiScopes = ['read:user:bitbucket', 'read:workspace:bitbucket', 'read:repository:bitbucket'];

/** To somebody with an API token, which goes in Basic, beside an e-mail address, and of which no scopes are told. */
const withApiToken: ContractSubject = {
  ...subject,
  name: 'Bitbucket Cloud, API token',
  facts: { ...subject.facts, capabilities: { ...subject.facts.capabilities, scopes: false } },
  async start(options) {
    const started = await start(options);
    return {
      ...started,
      issue: (person) => ({
        kind: 'token',
        token: started.simulator.tokens.issue({ kind: 'api', person, scopes: apiScopes }),
        username: person.email ?? '',
      }),
    };
  },
};

for (const each of [subject, withApiToken]) {
  describeContract(each);
  describeMutants(each);
}
