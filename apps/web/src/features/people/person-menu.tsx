import type { Person } from '@anyforge/client';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconKey, IconTrash, IconUserCog } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { peopleTexts } from '../../texts/people.js';
import { useTextsOf } from '../../texts/use-texts.js';

export type PersonAct = 'change-role' | 'reset-password' | 'delete';

export interface PersonMenuProps {
  readonly person: Person;
  readonly isMe: boolean;
  readonly onAct: (act: PersonAct) => void;
}

/** What can be done for somebody. Each asks before it does anything. */
export function PersonMenu({
  person: { username, role, status, signsInWith },
  isMe,
  onAct,
}: PersonMenuProps): ReactNode {
  const texts = useTextsOf(peopleTexts);
  const isInvited = status === 'awaiting_password';
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={texts.actionsOf(username)}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconUserCog size={16} aria-hidden />}
          onClick={() => {
            onAct('change-role');
          }}
        >
          {role === 'member' ? texts.makeAdministrator : texts.makeMember}
        </Menu.Item>
        {/* Whoever resets their own is signed out before they have seen the link. */}
        {signsInWith === 'password' && !isMe && (
          <Menu.Item
            leftSection={<IconKey size={16} aria-hidden />}
            onClick={() => {
              onAct('reset-password');
            }}
          >
            {isInvited ? texts.newInvitation : texts.resetPassword}
          </Menu.Item>
        )}
        {!isMe && (
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => {
              onAct('delete');
            }}
          >
            {texts.delete}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
