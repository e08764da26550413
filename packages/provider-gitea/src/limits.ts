import type { LimitProfile } from '@anyforge/provider-kit';

/** Gitea has no limits of its own and tells none; a proxy before it, as at Codeberg, refuses with a 429. */
export const limits: LimitProfile = { pacing: [], fallbackWaitMs: 60_000 };
