import type { Person } from '@anyforge/client';
import { Badge, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useMe } from '../../api/use-session.js';
import { RelativeTime } from '../../components/relative-time.js';
import { Row } from '../../components/row-list.js';
import { peopleTexts } from '../../texts/people.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { ChangeRoleDialog } from './change-role-dialog.js';
import { DeletePersonDialog } from './delete-person-dialog.js';
import type { PersonAct } from './person-menu.js';
import { PersonMenu } from './person-menu.js';
import { ResetPasswordDialog } from './reset-password-dialog.js';

/** One person, and what can be done for them. */
export function PersonRow({ person }: { readonly person: Person }): ReactNode {
  const texts = useTextsOf(peopleTexts);
  const isMe = useMe().id === person.id;
  const [act, setAct] = useState<PersonAct>();
  const { username, displayName, role, status, signsInWith, lastSignedInAt } = person;
  const dialog = (its: PersonAct) => ({
    person,
    opened: act === its,
    onClose: () => {
      setAct(undefined);
    },
  });
  return (
    <Row
      actions={
        <>
          <PersonMenu person={person} isMe={isMe} onAct={setAct} />
          <ChangeRoleDialog {...dialog('change-role')} isMe={isMe} />
          <ResetPasswordDialog {...dialog('reset-password')} />
          <DeletePersonDialog {...dialog('delete')} />
        </>
      }
    >
      <Group gap="xs">
        <Text fw={600}>{displayName ?? username}</Text>
        {displayName !== undefined && <Text c="dimmed">{username}</Text>}
        {isMe && <Badge variant="default">{texts.you}</Badge>}
        {role === 'administrator' && <Badge variant="light">{texts.roles.administrator}</Badge>}
        {status === 'awaiting_password' && (
          <Badge variant="light" color="yellow">
            {texts.awaitingPassword}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {lastSignedInAt === undefined ? (
          texts.neverSignedIn
        ) : (
          <>
            {texts.lastSignedIn} <RelativeTime at={lastSignedInAt} />
          </>
        )}
        {signsInWith === 'openid_connect' && ` · ${texts.signsInElsewhere}`}
      </Text>
    </Row>
  );
}
