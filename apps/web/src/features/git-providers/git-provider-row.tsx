import type { ListedGitProvider } from '@anyforge/client';
import { Paper, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ConnectionActions } from '../connections/connection-actions.js';
import { ConnectionNoticeAlert } from '../connections/connection-notice-alert.js';
import { noticesOf } from '../connections/connection-notices.js';
import { ConnectionStatus } from '../connections/connection-status.js';
import { GitProviderLabel } from '../connections/git-provider-label.js';
import styles from './git-provider-row.module.css';
import { HealthLine } from './health-line.js';

/** A git provider in the list. A click anywhere but on its buttons opens its page. */
export function GitProviderRow({ gitProvider }: { readonly gitProvider: ListedGitProvider }): ReactNode {
  const { id, name, connection } = gitProvider;
  return (
    <Paper component="li" withBorder p="md" className={styles['row']}>
      <Stack gap="sm">
        <div className={styles['columns']}>
          <div className={styles['label']}>
            <GitProviderLabel
              gitProvider={gitProvider}
              name={
                <Link to="/git-providers/$id" params={{ id }} className={styles['link']}>
                  {name}
                </Link>
              }
            />
          </div>
          <div>
            <ConnectionStatus connection={connection} />
            <HealthLine gitProvider={gitProvider} />
          </div>
          <div className={styles['actions']}>
            <ConnectionActions gitProvider={gitProvider} returnTo="/git-providers" />
          </div>
        </div>
        {connection !== null &&
          noticesOf(connection).map((notice) => (
            <div key={notice.kind} className={styles['above']}>
              <ConnectionNoticeAlert notice={notice} />
            </div>
          ))}
      </Stack>
    </Paper>
  );
}
