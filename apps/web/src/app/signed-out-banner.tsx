import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSessionKeeper, useSessionState } from '../api/use-session.js';
import { useTexts } from '../texts/use-texts.js';
import styles from './shell.module.css';

/** Whoever did not sign in again when asked can do so later. */
export function SignedOutBanner(): ReactNode {
  const { shell } = useTexts();
  const keeper = useSessionKeeper();
  const { phase } = useSessionState();
  if (phase !== 'declined') return null;
  return (
    <div className={styles['banner']}>
      <Text size="sm" span>
        {shell.signedOut}
      </Text>
      <Button size="compact-sm" variant="default" onClick={() => void keeper.ask(true)}>
        {shell.signInAgain}
      </Button>
    </div>
  );
}
