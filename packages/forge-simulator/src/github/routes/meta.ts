import type { Answer, Call, Endpoint } from '../endpoint.js';
import { answerOne } from '../endpoint.js';
import type { PrimaryBudget } from '../limits.js';
import { refusals } from '../refusal.js';

const common = { method: 'GET', acceptedScopes: '', acceptedPermissions: '' } as const;

export const metaEndpoints: readonly Endpoint[] = [
  {
    ...common,
    pattern: '/rate_limit',
    docs: 'rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user',
    free: true,
    handle: getRateLimit,
  },
  { ...common, pattern: '/meta', docs: 'meta/meta#get-apiname-meta-information', handle: getMeta },
  { ...common, pattern: '/versions', docs: 'meta/meta#get-all-api-versions', handle: getVersions },
  { ...common, pattern: '/zen', docs: 'meta/meta#get-the-zen-of-github', handle: getZen },
  { ...common, pattern: '/', docs: 'meta/meta#github-api-root', handle: getRoot },
];

function getRateLimit({ budget, apiVersion }: Call): Answer {
  if (budget === undefined) throw refusals.limitsOff();
  const core = rate(budget);
  const idle = (limit: number) => ({ limit, used: 0, remaining: limit, reset: core.reset });
  return answerOne({
    resources: { core, search: idle(30), graphql: idle(5000), integration_manifest: idle(5000) },
    ...(apiVersion >= '2026-03-10' ? {} : { rate: core }),
  });
}

function rate({ limit, used, remaining, resetAt }: PrimaryBudget) {
  return { limit, used, remaining, reset: Math.floor(resetAt.getTime() / 1000) };
}

function getMeta({ profile }: Call): Answer {
  if (profile.serverVersion !== undefined)
    return answerOne({ verifiable_password_authentication: true, installed_version: profile.serverVersion });
  return answerOne({
    verifiable_password_authentication: false,
    hooks: ['127.0.0.0/8'],
    web: ['127.0.0.0/8'],
    api: ['127.0.0.0/8'],
    git: ['127.0.0.0/8'],
  });
}

function getVersions({ profile }: Call): Answer {
  if (profile.name !== 'cloud') throw refusals.notFound();
  return answerOne(profile.apiVersions);
}

function getZen(): Answer {
  return { body: 'Keep it logically awesome.', contentType: 'text/plain;charset=utf-8' };
}

function getRoot({ links: { apiUrl } }: Call): Answer {
  return answerOne({
    current_user_url: `${apiUrl}/user`,
    current_user_repositories_url: `${apiUrl}/user/repos{?type,page,per_page,sort}`,
    organization_url: `${apiUrl}/orgs/{org}`,
    organization_repositories_url: `${apiUrl}/orgs/{org}/repos{?type,page,per_page,sort}`,
    rate_limit_url: `${apiUrl}/rate_limit`,
    repository_url: `${apiUrl}/repos/{owner}/{repo}`,
    user_organizations_url: `${apiUrl}/user/orgs`,
    user_url: `${apiUrl}/users/{user}`,
  });
}
