import type { PermissionLevel } from '@anyforge/core';
import { bitbucketDataCenterRules, startBitbucketDataCenterSimulator } from '@anyforge/forge-simulator';
import type { ContractSubject } from '@anyforge/provider-testkit';
import { describeContract, describeMutants } from '@anyforge/provider-testkit/jest';
import { secretOf } from '@anyforge/provider-kit';
import { bitbucketDataCenterPlugin } from '../index.js';

/** Less than is asked for, as an administrator may set it. */
const pageSize = 100;

const levels: readonly PermissionLevel[] = ['read', 'write', 'admin'];
const ranks: readonly string[] = ['admin', 'write', 'read'];

const subject: ContractSubject = {
  name: 'Bitbucket Data Center',
  plugin: bitbucketDataCenterPlugin,
  facts: {
    capabilities: {
      resume: false,
      totals: false,
      nextLinks: false,
      omissions: false,
      untoldPermissions: false,
      anonymousLists: true,
      via: false,
      oldPaths: true,
      scopes: false,
      oauth: true,
      refresh: true,
      rotation: true,
      redirectUriAtRefresh: true,
      redirectRefusal: false,
      pkce: true,
      issuer: false,
      publicClients: true,
      revoke: true,
      checkClient: true,
      deviceFlow: false,
    },
    pageSize,
    order: (one, other) =>
      ranks.indexOf(one.permission.level) - ranks.indexOf(other.permission.level) ||
      (one.path.toLowerCase() < other.path.toLowerCase() ? -1 : 1),
    grants: {
      personal: ['admin'],
      direct: levels,
      outside: levels,
      team: levels,
      subteam: levels,
      teamOnOrganization: levels,
      forgeGroup: levels,
      forgeGroupOnOrganization: levels,
      member: levels,
      base: levels,
      owner: ['admin'],
      everybodyOnOrganization: levels,
      administrator: ['admin'],
    },
    names: {
      repositoryPath: ({ owner, path }) => (owner.type === 'person' ? `~${path}` : path),
      repositoryPage: ({ owner: { type, path }, name }) =>
        `${type === 'person' ? 'users' : 'projects'}/${path}/repos/${name}`,
    },
    rules: bitbucketDataCenterRules,
    refusals: {
      'what only others may': {
        effect: {
          kind: 'edit',
          edit: ({ headers }) => ({
            status: 401,
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify({
              errors: [
                {
                  context: null,
                  message: 'You are not permitted to access this resource',
                  exceptionName: 'com.atlassian.bitbucket.AuthorisationException',
                },
              ],
            }),
          }),
        },
        kind: 'forbidden',
      },
    },
    untold: ['defaultBranch', 'updatedAt'],
    optionalFields: ['description', 'public', 'archived', 'links', 'origin', 'name', 'limit'],
  },
  async start({ world, clock }) {
    const simulator = await startBitbucketDataCenterSimulator({
      world,
      clock,
      pathPrefix: '/bitbucket',
      pageCaps: { repositories: pageSize, projects: pageSize, users: pageSize, permissions: pageSize },
    });
    const { tokens, webUrl } = simulator;
    return {
      simulator,
      config: { baseUrl: webUrl },
      issue: (person) => ({ kind: 'token', token: tokens.issue({ kind: 'personal', person }) }),
      revoke: (credential) => {
        tokens.revoke(secretOf(credential));
      },
    };
  },
};

describeContract(subject);
describeMutants(subject);
