import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useIsReachable } from '../api/use-is-reachable.js';
import { useTexts } from '../texts/use-texts.js';
import styles from './shell.module.css';

/** Says that the server cannot be reached, for as long as it cannot. */
export function UnreachableBanner(): ReactNode {
  const { shell } = useTexts();
  const isReachable = useIsReachable();
  return (
    <div role="status" className={styles['banners']}>
      {!isReachable && (
        <Text size="sm" className={styles['banner']}>
          {shell.offline}
        </Text>
      )}
    </div>
  );
}
