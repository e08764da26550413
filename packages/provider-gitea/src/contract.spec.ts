import type { FaultEffect, GiteaProfileName } from '@anyforge/forge-simulator';
import { forgejoRules, giteaRules, startGiteaSimulator } from '@anyforge/forge-simulator';
import { secretOf } from '@anyforge/provider-kit';
import type { Capabilities, ContractSubject, StartedForge, StartOptions } from '@anyforge/provider-testkit';
import { describeContract, describeMutants } from '@anyforge/provider-testkit/jest';
import { giteaPlugin } from './index.js';

const levels = ['read', 'write', 'admin'] as const;
const scopes = ['read:user', 'read:organization', 'read:repository'];

/** Gitea's description of a repository leaves `permissions` optional. */
const withoutPermissions: FaultEffect = {
  kind: 'edit',
  edit: (response) => ({
    ...response,
    body: JSON.stringify(JSON.parse(response.body), (name, value: unknown) =>
      name === 'permissions' ? undefined : value,
    ),
  }),
};

const refusal = (message: string): FaultEffect => ({
  kind: 'respond',
  status: 403,
  body: { message, url: 'https://git.example/api/swagger' },
});

async function start(
  how: { readonly profile: GiteaProfileName; readonly invalidatesRefreshTokens: boolean },
  { world, clock }: StartOptions,
): Promise<StartedForge> {
  const simulator = await startGiteaSimulator({ world, clock, ...how, pathPrefix: '/git' });
  const { webUrl, tokens, faults } = simulator;
  const issue: StartedForge['issue'] = (person) => ({
    kind: 'token',
    token: tokens.issue({ kind: 'personal', person, scopes }),
  });
  return {
    simulator,
    config: { baseUrl: webUrl },
    issue,
    issueUntold: (person) => {
      faults.add({ match: { path: '/repos/search' }, times: Infinity, effect: withoutPermissions });
      return issue(person);
    },
    issueNarrow: (person) => ({
      kind: 'token',
      token: tokens.issue({ kind: 'personal', person, scopes: ['read:user'] }),
    }),
    revoke: (credential) => {
      tokens.revoke(secretOf(credential));
    },
  };
}

const capabilities: Omit<Capabilities, 'scopes' | 'rotation'> = {
  resume: true,
  totals: false,
  nextLinks: false,
  omissions: false,
  untoldPermissions: true,
  anonymousLists: false,
  via: true,
  oldPaths: true,
  oauth: true,
  refresh: true,
  redirectUriAtRefresh: false,
  pkce: true,
  issuer: false,
  redirectRefusal: false,
  publicClients: true,
  revoke: false,
  checkClient: true,
  deviceFlow: false,
};

const facts: Omit<ContractSubject['facts'], 'capabilities'> = {
  pageSize: 50,
  order: (one, other) => Number(one.id) - Number(other.id),
  rules: giteaRules,
  grants: {
    personal: ['admin'],
    direct: levels,
    outside: levels,
    team: levels,
    teamOnOrganization: levels,
    owner: ['admin'],
  },
  optionalFields: [
    'description',
    'clone_url',
    'ssh_url',
    'default_branch',
    'empty',
    'private',
    'internal',
    'archived',
    'fork',
    'updated_at',
    'avatar_url',
    'visibility',
  ],
  refusals: {
    'a scope that is missing': {
      effect: refusal(
        'token does not have at least one of required scope(s), required=[read:user], token scope=read:repository',
      ),
      kind: 'insufficient_scope',
    },
    'what is not public': {
      effect: refusal('this endpoint is not available for public-only tokens'),
      kind: 'insufficient_scope',
    },
    'what only others may': { effect: refusal('user should be the site admin'), kind: 'forbidden' },
  },
};

const subjects: readonly ContractSubject[] = [
  {
    name: 'Gitea',
    plugin: giteaPlugin,
    // The scopes of a token are named by a refusal.
    facts: {
      ...facts,
      capabilities: { ...capabilities, scopes: true, rotation: true },
      tellingRefusals: [403],
    },
    start: (options) => start({ profile: 'gitea', invalidatesRefreshTokens: true }, options),
  },
  {
    name: 'Forgejo',
    plugin: giteaPlugin,
    facts: {
      ...facts,
      rules: forgejoRules,
      // It lists the tokens of an account to each of them.
      capabilities: { ...capabilities, scopes: true, rotation: false },
    },
    start: (options) => start({ profile: 'forgejo', invalidatesRefreshTokens: false }, options),
  },
];

for (const subject of subjects) {
  describeContract(subject);
  describeMutants(subject);
}
