/** What an endpoint asks for, in the two languages that scopes have. All of a list are needed. */
export interface NeededScopes {
  /** Of OAuth consumers and access tokens. */
  readonly oauth: readonly string[];
  /** Of API tokens, and of Forge apps. */
  readonly api: readonly string[];
}

/**
 * The OAuth scopes that contain others. Scopes of API tokens contain none: `write:repository:bitbucket` cannot read.
 * @see https://developer.atlassian.com/cloud/bitbucket/bitbucket-cloud-rest-api-scopes/
 */
const contained: Readonly<Record<string, readonly string[]>> = {
  'repository:write': ['repository'],
  pullrequest: ['repository'],
  'pullrequest:write': ['pullrequest', 'repository', 'repository:write'],
  project: ['repository'],
};

/** Whether every needed scope was granted, itself or within another. */
export function covers(granted: readonly string[], needed: readonly string[]): boolean {
  const effective = new Set(granted.flatMap((scope) => [scope, ...(contained[scope] ?? [])]));
  return needed.every((scope) => effective.has(scope));
}
