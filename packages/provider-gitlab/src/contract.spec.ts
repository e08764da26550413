import { gitlabLimitFault, gitlabRules, startGitlabSimulator } from '@anyforge/forge-simulator';
import type { ContractSubject, StartedForge, StartOptions } from '@anyforge/provider-testkit';
import { describeContract, describeMutants } from '@anyforge/provider-testkit/jest';
import { secretOf } from '@anyforge/provider-kit';
import { gitlabPlugin } from './index.js';

const levels = ['read', 'write', 'maintain', 'admin'] as const;

async function start({ world, clock }: StartOptions): Promise<StartedForge> {
  const simulator = await startGitlabSimulator({
    world,
    clock,
    profile: 'self-managed',
    pathPrefix: '/gitlab',
  });
  const { webUrl, tokens } = simulator;
  return {
    simulator,
    config: { baseUrl: webUrl },
    issue: (person) => ({
      kind: 'token',
      token: tokens.issue({ kind: 'personal', person, scopes: ['read_api', 'read_repository'] }),
    }),
    issueNarrow: (person) => ({
      kind: 'token',
      token: tokens.issue({ kind: 'personal', person, scopes: ['read_user'] }),
    }),
    revoke: (credential) => {
      tokens.revoke(secretOf(credential));
    },
  };
}

const subject: ContractSubject = {
  name: 'GitLab',
  plugin: gitlabPlugin,
  facts: {
    capabilities: {
      resume: true,
      totals: true,
      nextLinks: false,
      omissions: false,
      untoldPermissions: false,
      anonymousLists: true,
      via: true,
      oldPaths: true,
      scopes: true,
      oauth: true,
      refresh: true,
      rotation: true,
      redirectUriAtRefresh: true,
      pkce: true,
      issuer: false,
      redirectRefusal: false,
      publicClients: true,
      revoke: true,
      checkClient: true,
      deviceFlow: true,
    },
    pageSize: 100,
    order: (one, other) => Number(one.id) - Number(other.id),
    rules: gitlabRules,
    grants: {
      personal: ['admin'],
      direct: levels,
      outside: levels,
      member: levels,
      base: ['read', 'write', 'admin'],
      owner: ['admin'],
      inherited: levels,
      sharedRepository: ['read', 'write', 'maintain'],
      sharedOrganization: ['read', 'write', 'maintain'],
    },
    optionalFields: [
      'description',
      'visibility',
      'namespace',
      'repository_access_level',
      'http_url_to_repo',
      'ssh_url_to_repo',
      'default_branch',
      'archived',
      'empty_repo',
      'permissions',
      'updated_at',
      'last_activity_at',
    ],
    budgetHeaders: ({ limit, remaining, resetAt }) => ({
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(remaining),
      'ratelimit-reset': String(resetAt.getTime() / 1_000),
    }),
    refusals: {
      'a scope that is missing': {
        effect: {
          kind: 'respond',
          status: 403,
          body: {
            error: 'insufficient_scope',
            error_description: 'The request requires higher privileges than provided by the access token.',
            scope: 'api read_api',
          },
        },
        kind: 'insufficient_scope',
      },
      'what only others may': {
        effect: { kind: 'respond', status: 403, body: { message: '403 Forbidden' } },
        kind: 'forbidden',
      },
    },
    limitAnswers: (retryAfter) => ({ 'a 429 of an endpoint': gitlabLimitFault({ retryAfter }) }),
  },
  start,
};

describeContract(subject);
describeMutants(subject);
