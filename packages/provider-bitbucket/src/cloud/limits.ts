import type { LimitProfile } from '@anyforge/provider-kit';

/**
 * A rolling hour for each group of resources, of which Bitbucket tells neither what is left nor when to come back; the
 * limit itself is another for each workspace, and one for all people of an OAuth consumer. So nothing is paced here: a
 * refusal closes the account, or all accounts of the OAuth consumer, for a minute, then for two, four, …
 *
 * @see https://support.atlassian.com/bitbucket-cloud/docs/api-request-limits/
 */
export const limits: LimitProfile = { pacing: [], fallbackWaitMs: 60_000, refusalsPer: 'application' };
