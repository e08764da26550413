import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import { syncHistoryQuery } from '../../api/health.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { healthTexts } from '../../texts/health.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { fillGaps } from './chart-geometry.js';
import { chartSize, SyncChart } from './sync-chart.js';
import { SyncHistoryTable } from './sync-history-table.js';
import { toBuckets } from './sync-history.js';

const days = 14;

/** How syncs with one git provider have ended of late: as a picture, and as a table for who wants numbers. */
export function SyncHistorySection({ gitProviderId }: { readonly gitProviderId: string }): ReactNode {
  const texts = useTextsOf(healthTexts);
  const { data: history, error } = useQuery(syncHistoryQuery(useApi(), gitProviderId, days));
  const [asTable, setAsTable] = useState(false);
  const tableId = useId();
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {texts.chart.title}
      </Title>
      <ProblemAlert error={error} />
      {history === undefined && error === null ? <Skeleton height={chartSize.height} /> : null}
      {history === undefined ? null : history.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {texts.chart.nothing}
        </Text>
      ) : (
        <>
          <SyncChart buckets={fillGaps(toBuckets(history), history)} days={days} />
          <div>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-expanded={asTable}
              aria-controls={tableId}
              onClick={() => {
                setAsTable((shown) => !shown);
              }}
            >
              {asTable ? texts.chart.hideTable : texts.chart.showTable}
            </Button>
          </div>
          <div id={tableId} hidden={!asTable}>
            {asTable ? <SyncHistoryTable history={history} /> : null}
          </div>
        </>
      )}
    </Stack>
  );
}
