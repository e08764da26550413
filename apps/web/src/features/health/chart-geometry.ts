/** What one stretch of time brought. */
export interface ChartBucket {
  readonly from: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
}

interface ChartBar {
  readonly from: string;
  readonly x: number;
  readonly width: number;
  /** From the bottom up; empty ones are left out. */
  readonly parts: readonly ChartPart[];
}

interface ChartPart {
  readonly kind: 'succeeded' | 'failed' | 'cancelled';
  readonly y: number;
  readonly height: number;
}

interface ChartSize {
  readonly width: number;
  readonly height: number;
  /** Between bars. */
  readonly gap: number;
}

const kinds = ['succeeded', 'cancelled', 'failed'] as const;

/** Bars on a common scale: the tallest is as high as the chart. What happened at all can be seen. */
export function barsOf(
  buckets: readonly ChartBucket[],
  { width, height, gap }: ChartSize,
): readonly ChartBar[] {
  if (buckets.length === 0) return [];
  const step = (width + gap) / buckets.length;
  const tallest = Math.max(1, ...buckets.map(totalOf));
  return buckets.map((bucket, index) => {
    let top = height;
    const parts: ChartPart[] = [];
    for (const kind of kinds) {
      const count = bucket[kind];
      if (count === 0) continue;
      const tall = Math.min(Math.max((count / tallest) * height, leastVisible), top);
      top -= tall;
      parts.push({ kind, y: top, height: tall });
    }
    return { from: bucket.from, x: index * step, width: Math.max(1, step - gap), parts };
  });
}

/** One failure among a thousand must not vanish. */
const leastVisible = 2;

function totalOf({ succeeded, failed, cancelled }: ChartBucket): number {
  return succeeded + failed + cancelled;
}

/** All stretches of time between two moments, those without any sync among them. */
export function fillGaps(
  known: readonly ChartBucket[],
  { from, to, bucketMinutes }: { readonly from: string; readonly to: string; readonly bucketMinutes: number },
): readonly ChartBucket[] {
  const step = bucketMinutes * 60_000;
  const start = Date.parse(from);
  const end = Date.parse(to);
  if (!(step > 0) || !(end > start)) return known;
  const count = Math.min(Math.ceil((end - start) / step), bucketsAtMost);
  const filled: ChartBucket[] = Array.from({ length: count }, (_, index) => ({
    from: new Date(start + index * step).toISOString(),
    succeeded: 0,
    failed: 0,
    cancelled: 0,
  }));
  for (const bucket of known) {
    const index = Math.floor((Date.parse(bucket.from) - start) / step);
    const there = filled[index];
    if (there === undefined) continue;
    filled[index] = {
      from: there.from,
      succeeded: there.succeeded + bucket.succeeded,
      failed: there.failed + bucket.failed,
      cancelled: there.cancelled + bucket.cancelled,
    };
  }
  return filled;
}

/** More bars than a screen has room for say nothing. */
const bucketsAtMost = 1000;
