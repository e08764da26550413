import type { LimitProfile } from '@anyforge/provider-kit';

/**
 * A bucket for each user and node, if an administrator has turned limits on: 60 requests at once and 5 a second after
 * that, unless they set something else. What is left is not told in a way that is documented, so that the refusal alone
 * tells; a few seconds fill much of a bucket.
 *
 * @see https://confluence.atlassian.com/bitbucketserver/improving-instance-stability-with-rate-limiting-976171954.html
 */
export const limits: LimitProfile = { pacing: [], fallbackWaitMs: 2_000 };
