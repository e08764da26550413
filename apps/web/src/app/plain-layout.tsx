import { Container, Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import { UnreachableBanner } from './unreachable-banner.js';
import { Wordmark } from './wordmark.js';
import styles from './shell.module.css';

/** What surrounds the screens for whoever is not signed in. */
export function PlainLayout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className={styles['plain']}>
      <UnreachableBanner />
      <Container component="main" size={440} py={{ base: 'xl', sm: 64 }}>
        <Wordmark />
        <Paper withBorder p={{ base: 'md', sm: 'xl' }} mt="lg">
          {children}
        </Paper>
      </Container>
    </div>
  );
}
