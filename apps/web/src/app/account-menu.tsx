import { Menu, UnstyledButton, Avatar, useMantineColorScheme } from '@mantine/core';
import { IconBook, IconLogout, IconSettings } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { notifyOfProblem } from '../components/notify.js';
import type { Me } from '../api/session-keeper.js';
import { useApi } from '../api/use-api.js';
import { useSessionKeeper } from '../api/use-session.js';
import { useTexts } from '../texts/use-texts.js';

const schemes = ['light', 'dark', 'auto'] as const;

/** My account, how the page looks, and the way out. */
export function AccountMenu({ me }: { readonly me: Me }): ReactNode {
  const texts = useTexts();
  const { shell } = texts;
  const api = useApi();
  const keeper = useSessionKeeper();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useMutation({
    mutationFn: () => api.DELETE('/session'),
    onSuccess: () => {
      keeper.signedOut();
    },
    onError: (error) => {
      notifyOfProblem(error, texts);
    },
  });
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton aria-label={shell.accountMenu(me.username)} title={me.username}>
          <Avatar color="pine" variant="filled" size={34} radius="xl" name={me.username} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.username}</Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconSettings size={16} aria-hidden />}>
          {shell.accountSettings}
        </Menu.Item>
        <Menu.Item
          component="a"
          href="api/docs"
          target="_blank"
          leftSection={<IconBook size={16} aria-hidden />}
        >
          {shell.documentation}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{shell.colorScheme}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => {
            const scheme = schemes.find((candidate) => candidate === value);
            if (scheme !== undefined) setColorScheme(scheme);
          }}
        >
          {schemes.map((value) => (
            <Menu.RadioItem key={value} value={value}>
              {shell.colorSchemes[value]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          disabled={signOut.isPending}
          onClick={() => {
            signOut.mutate();
          }}
        >
          {shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
