import type { ListedGitProvider } from '@anyforge/client';

type Health = NonNullable<ListedGitProvider['health']>;

/** - `attention`: people have to sign in again, or the newest that is known of syncs is a failure. */
export type HealthStatus = 'good' | 'attention' | 'unused';

export function statusOf({ connections, needAttention, lastCompletedAt, lastFailure }: Health): HealthStatus {
  if (connections === 0) return 'unused';
  const failedLast =
    lastFailure !== undefined &&
    (lastCompletedAt === undefined || Date.parse(lastFailure.at) > Date.parse(lastCompletedAt));
  return needAttention > 0 || failedLast ? 'attention' : 'good';
}
