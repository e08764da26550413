import type { ListedGitProvider } from '@anyforge/client';
import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { OfferedWay } from './ways-to-sign-in.js';
import { offeredWays } from './ways-to-sign-in.js';

export interface SignInButtonProps {
  readonly gitProvider: Pick<ListedGitProvider, 'name' | 'waysToSignIn'>;
  readonly onChoose: (way: OfferedWay) => void;
}

/** **Sign in** in the easiest way that there is; the others are in a menu beside it. */
export function SignInButton({ gitProvider, onChoose }: SignInButtonProps): ReactNode {
  const texts = useTextsOf(connectionsTexts).signIn;
  const [easiest, ...others] = offeredWays(gitProvider);
  if (easiest === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {texts.unavailable}
      </Text>
    );
  }
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        aria-label={texts.actionTo(gitProvider.name)}
        onClick={() => {
          onChoose(easiest);
        }}
      >
        {texts.action}
      </Button>
      {others.length > 0 && (
        <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={texts.otherWays(gitProvider.name)}>
              <IconChevronDown size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((way) => (
              <Menu.Item
                key={way}
                onClick={() => {
                  onChoose(way);
                }}
              >
                {texts.ways[way]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}
