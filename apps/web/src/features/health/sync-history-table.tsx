import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SyncHistory } from '../../api/health.js';
import { healthTexts } from '../../texts/health.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import classes from './sync-history-table.module.css';
import { toBuckets } from './sync-history.js';

/** The same as the chart shows, in numbers, the latest first. */
export function SyncHistoryTable({ history }: { readonly history: SyncHistory }): ReactNode {
  const health = useTextsOf(healthTexts);
  const { locale } = useTexts();
  const { chart: texts } = health;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const medians = new Map(history.items.map(({ from, medianMs }) => [from, medianMs]));
  return (
    <div className={classes['scroll']} role="region" aria-label={texts.title} tabIndex={0}>
      <Table aria-label={texts.title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.time}</Table.Th>
            <Table.Th ta="end">{texts.succeeded}</Table.Th>
            <Table.Th ta="end">{texts.failed}</Table.Th>
            <Table.Th ta="end">{texts.cancelled}</Table.Th>
            <Table.Th ta="end">{texts.median}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {toBuckets(history)
            .toReversed()
            .map(({ from, succeeded, failed, cancelled }) => {
              const median = medians.get(from);
              return (
                <Table.Tr key={from}>
                  <Table.Td>
                    <time dateTime={from}>{time.format(new Date(from))}</time>
                  </Table.Td>
                  <Table.Td ta="end">{succeeded.toLocaleString(locale)}</Table.Td>
                  <Table.Td ta="end">{failed.toLocaleString(locale)}</Table.Td>
                  <Table.Td ta="end">{cancelled.toLocaleString(locale)}</Table.Td>
                  <Table.Td ta="end">
                    {median === undefined ? texts.unknown : texts.duration(median)}
                  </Table.Td>
                </Table.Tr>
              );
            })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
