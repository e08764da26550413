import type { LimitProfile } from '@anyforge/provider-kit';
import type { BitbucketHost } from './host.js';

/**
 * A rolling hour for each group of resources, of which Bitbucket tells neither what is left nor when to come back; the
 * limit itself is another for each workspace, and one for all people of an OAuth consumer. So nobody who waits is held
 * back here: a refusal closes the account, or all accounts of the OAuth consumer, for a minute, then for two, four, …
 *
 * What nobody waits for keeps to the limit that every plan has, so that a large list does not bring that refusal about.
 *
 * @see https://support.atlassian.com/bitbucket-cloud/docs/api-request-limits/
 */
export function limitsOf({ webUrl, apiUrl }: BitbucketHost): LimitProfile {
  const isCloud = new URL(webUrl).hostname === 'bitbucket.org';
  const repositories = `${new URL(apiUrl).pathname}/repositories/`;
  return {
    pacing: isCloud
      ? [{ ...repositoryLimit, appliesTo: (_, { pathname }) => pathname.startsWith(repositories) }]
      : [],
    fallbackWaitMs: 60_000,
    refusalsPer: 'application',
  };
}

const repositoryLimit = {
  scope: 'repositories',
  limit: 1_000,
  windowMs: 60 * 60 * 1_000,
  per: 'application',
  cost: () => 1,
  backgroundOnly: true,
} as const;
