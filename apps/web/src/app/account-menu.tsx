import { Divider, Text, UnstyledButton } from '@mantine/core';
import { IconBook, IconLogout, IconSettings } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Me } from '../api/session-keeper.js';
import { useApi } from '../api/use-api.js';
import { useSessionKeeper } from '../api/use-session.js';
import panel from '../components/drop-panel.module.css';
import { DropPanel } from '../components/drop-panel.js';
import { notifyOfProblem } from '../components/notify.js';
import { useTexts } from '../texts/use-texts.js';
import styles from './account-menu.module.css';
import { ColorSchemeChoice } from './color-scheme-choice.js';

/** My account, how the page looks, and the way out. */
export function AccountMenu({ me }: { readonly me: Me }): ReactNode {
  const texts = useTexts();
  const { shell } = texts;
  const api = useApi();
  const keeper = useSessionKeeper();
  const signOut = useMutation({
    mutationFn: () => keeper.signOut(() => api.DELETE('/session')),
    onError: (error) => {
      notifyOfProblem(error, texts);
    },
  });
  return (
    <DropPanel
      label={shell.accountMenu(me.username)}
      button={(button) => (
        <UnstyledButton {...button} className={styles['button']} title={shell.accountMenu(me.username)}>
          <span aria-hidden>{me.username.slice(0, 2)}</span>
        </UnstyledButton>
      )}
    >
      <Text size="sm" fw={600} px="xs" py={4} truncate>
        {me.username}
      </Text>
      <Link to="/account" className={panel['item']}>
        <IconSettings size={16} aria-hidden />
        {shell.accountSettings}
      </Link>
      <a href="api/docs" target="_blank" className={panel['item']}>
        <IconBook size={16} aria-hidden />
        {shell.documentation}
      </a>
      <Divider my="xs" />
      <ColorSchemeChoice />
      <Divider my="xs" />
      <UnstyledButton
        className={panel['item'] ?? ''}
        disabled={signOut.isPending}
        onClick={() => {
          signOut.mutate();
        }}
      >
        <IconLogout size={16} aria-hidden />
        {shell.signOut}
      </UnstyledButton>
    </DropPanel>
  );
}
