import type { AccountPermission } from '@anyforge/client';
import { Anchor, Badge, Group, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { repositoriesTexts } from '../../texts/repositories.js';
import { repositoryTexts } from '../../texts/repository.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { permissionHint } from './permission-hint.js';

interface AccountPermissionRowProps {
  readonly item: AccountPermission;
  /** Whether it is my own account. */
  readonly mine: boolean;
  readonly provider: string;
  /** Whether anything is told of what permissions come through. */
  readonly withVia: boolean;
}

/** What one account may do on a repository, and through what. */
export function AccountPermissionRow({
  item,
  mine,
  provider,
  withVia,
}: AccountPermissionRowProps): ReactNode {
  const repositories = useTextsOf(repositoriesTexts);
  const { permissions: texts } = useTextsOf(repositoryTexts);
  const { account, permission, via } = item;
  const through =
    via === undefined || via.length === 0
      ? texts.viaUnknown
      : via.map((way) => texts.viaWords[way]).join(', ');
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          {account.webUrl === undefined ? (
            <Text size="sm" component="span">
              {account.username}
            </Text>
          ) : (
            <Anchor href={account.webUrl} target="_blank" rel="noreferrer" size="sm">
              {account.username}
            </Anchor>
          )}
          {mine ? (
            <Badge tt="none" variant="light">
              {texts.mine}
            </Badge>
          ) : null}
          {account.kind === 'user' ? null : (
            <Badge tt="none" variant="default">
              {texts.kinds[account.kind]}
            </Badge>
          )}
        </Group>
        {account.displayName === undefined || account.displayName === account.username ? null : (
          <Text size="xs" c="dimmed">
            {account.displayName}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={600}>
          {repositories.levels[permission.level]}
        </Text>
        <Text size="xs" c="dimmed">
          {permissionHint(permission, provider, repositories)}
        </Text>
        {withVia ? (
          <Text size="xs" c="dimmed" hiddenFrom="xs">
            {through}
          </Text>
        ) : null}
      </Table.Td>
      {withVia ? <Table.Td visibleFrom="xs">{through}</Table.Td> : null}
    </Table.Tr>
  );
}
