import type { LimitProfile, PacingRule } from '@anyforge/provider-kit';
import type { GitlabHost } from './host.js';

interface ApiLimit {
  readonly scope: string;
  /** Matched against the path below the API's address. */
  readonly path: RegExp;
  readonly limit: number;
  readonly windowMs: number;
}

const minuteMs = 60_000;

/**
 * Everyone's permissions on a project: 60 a minute, on GitLab.com and by default elsewhere.
 * @see https://gitlab.com/gitlab-org/gitlab/-/issues/580116
 */
const memberLimit: ApiLimit = {
  scope: 'project members',
  path: /^\/projects\/[^/]+\/members\/all$/,
  limit: 60,
  windowMs: minuteMs,
};

/** @see https://docs.gitlab.com/user/gitlab_com/#rate-limits-on-gitlabcom */
const cloudLimits: readonly ApiLimit[] = [
  { scope: 'api', path: /^\//, limit: 2_000, windowMs: minuteMs },
  { scope: 'projects', path: /^\/projects$/, limit: 2_000, windowMs: 10 * minuteMs },
  { scope: 'project', path: /^\/projects\/[^/]+$/, limit: 400, windowMs: minuteMs },
  { scope: 'groups', path: /^\/groups$/, limit: 200, windowMs: minuteMs },
  { scope: 'group', path: /^\/groups\/[^/]+$/, limit: 400, windowMs: minuteMs },
];

/**
 * GitLab tells a limit only with the refusal, so what it documents is counted here. Elsewhere than on GitLab.com the
 * administrator sets the limits: there the refusals have the word, which name the time to come back.
 *
 * @see https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers
 */
export function limitsOf(host: GitlabHost): LimitProfile {
  const limits = host.isGitlabCom ? [...cloudLimits, memberLimit] : [memberLimit];
  return {
    budget: {
      limit: 'ratelimit-limit',
      remaining: 'ratelimit-remaining',
      reset: 'ratelimit-reset',
      resetFormat: 'epoch-seconds',
      per: 'credential',
    },
    pacing: limits.map((limit) => toRule(limit, new URL(host.apiUrl).pathname)),
    fallbackWaitMs: minuteMs,
  };
}

function toRule({ scope, path, limit, windowMs }: ApiLimit, apiPath: string): PacingRule {
  return {
    scope,
    limit,
    windowMs,
    per: 'credential',
    cost: () => 1,
    appliesTo: (method, { pathname }) =>
      method === 'GET' && pathname.startsWith(`${apiPath}/`) && path.test(pathname.slice(apiPath.length)),
  };
}
