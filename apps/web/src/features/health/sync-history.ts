import type { SyncHistory } from '../../api/health.js';
import type { ChartBucket } from './chart-geometry.js';

/** What the chart shows: an interrupted sync has failed, too. */
export function toBuckets({ items }: Pick<SyncHistory, 'items'>): readonly ChartBucket[] {
  return items.map(({ from, succeeded, failed, cancelled, interrupted }) => ({
    from,
    succeeded,
    failed: failed + interrupted,
    cancelled,
  }));
}
