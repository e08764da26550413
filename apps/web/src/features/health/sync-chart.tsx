import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { healthTexts } from '../../texts/health.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { ChartBucket } from './chart-geometry.js';
import { barsOf } from './chart-geometry.js';
import classes from './sync-chart.module.css';

/** In the chart's own units; it is as wide as there is room. */
export const chartSize = { width: 560, height: 96, gap: 2 } as const;

interface SyncChartProps {
  readonly buckets: readonly ChartBucket[];
  readonly days: number;
}

/** Syncs over time, as bars: those that failed stand on those that succeeded. Its caption says the sums. */
export function SyncChart({ buckets, days }: SyncChartProps): ReactNode {
  const { chart: texts } = useTextsOf(healthTexts);
  const { width, height } = chartSize;
  const succeeded = buckets.reduce((sum, bucket) => sum + bucket.succeeded, 0);
  const failed = buckets.reduce((sum, bucket) => sum + bucket.failed, 0);
  const summary = texts.summary(succeeded, failed, days);
  return (
    <figure className={classes['figure']}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        className={classes['chart']}
        aria-hidden
      >
        <line className={classes['ground']} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
        {barsOf(buckets, chartSize).map(({ from, x, width: wide, parts }) =>
          parts.map(({ kind, y, height: tall }) => (
            <rect
              key={`${from} ${kind}`}
              className={classes['bar']}
              data-kind={kind}
              x={x}
              y={y}
              width={wide}
              height={tall}
            />
          )),
        )}
      </svg>
      <Group justify="space-between" aria-hidden>
        <Text size="xs" c="dimmed">
          {texts.daysAgo(days)}
        </Text>
        <Text size="xs" c="dimmed">
          {texts.now}
        </Text>
      </Group>
      <figcaption>
        <Text size="sm">{summary}</Text>
        <Group gap="md">
          {(['succeeded', 'failed', 'cancelled'] as const).map((kind) => (
            <Text key={kind} size="xs" component="span" c="dimmed" className={classes['key']}>
              <span className={classes['swatch']} data-kind={kind} />
              {texts[kind]}
            </Text>
          ))}
        </Group>
      </figcaption>
    </figure>
  );
}
