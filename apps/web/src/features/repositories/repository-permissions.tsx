import type { AccountPermission, Repository } from '@anyforge/client';
import { Alert, Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { gitProvidersQuery } from '../../api/git-providers.js';
import { repositoryPermissionsQuery } from '../../api/repositories.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { RelativeTime } from '../../components/relative-time.js';
import { repositoriesTexts } from '../../texts/repositories.js';
import { repositoryTexts } from '../../texts/repository.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { AccountPermissionRow } from './account-permission-row.js';
import { OmissionLink } from '../../components/omission-link.js';
import { omissionWords } from './omission-words.js';

interface RepositoryPermissionsProps {
  readonly repository: Pick<Repository, 'id' | 'gitProviderId'>;
}

/** Shown at once; who wants more asks for them. */
const shownAtFirst = 25;

/** What everybody may do on a repository, as the forge tells it now. */
export function RepositoryPermissions({ repository }: RepositoryPermissionsProps): ReactNode {
  const { permissions: texts } = useTextsOf(repositoryTexts);
  const api = useApi();
  const { data, dataUpdatedAt, error, isFetching, refetch } = useQuery(
    repositoryPermissionsQuery(api, repository.id),
  );
  const provider = useQuery(gitProvidersQuery(api)).data?.find(({ id }) => id === repository.gitProviderId);
  const askAgain = (): void => {
    void refetch();
  };
  return (
    <Stack gap="sm" aria-busy={isFetching}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          <span role="status">{data === undefined && isFetching ? texts.asking : ''}</span>
          {data === undefined ? null : (
            <>
              {texts.asked} <RelativeTime at={new Date(dataUpdatedAt)} /> {texts.askedHow}
            </>
          )}
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={isFetching}
          onClick={askAgain}
        >
          {texts.askAgain}
        </Button>
      </Group>
      {error === null ? null : <ProblemAlert error={error} />}
      {data === undefined && error === null ? <Skeleton height={160} radius="sm" /> : null}
      {data === undefined ? null : (
        <>
          {data.omitted.map((omission, index) => (
            <OmissionAlert key={index} omission={omission} provider={provider?.name} />
          ))}
          <Accounts items={data.items} mine={provider?.connection?.account.id} provider={provider?.name} />
        </>
      )}
    </Stack>
  );
}

interface AccountsProps {
  readonly items: readonly AccountPermission[];
  /** The id of my own account there. */
  readonly mine: string | undefined;
  readonly provider: string | undefined;
}

function Accounts({ items, mine, provider }: AccountsProps): ReactNode {
  const { unknownProvider } = useTextsOf(repositoriesTexts);
  const { permissions: texts } = useTextsOf(repositoryTexts);
  const [all, setAll] = useState(false);
  const isMine = (item: AccountPermission): boolean => item.account.id === mine;
  if (items.length === 0) return <Text size="sm">{texts.empty}</Text>;
  const withVia = items.some(({ via }) => via !== undefined);
  const mineFirst = [...items.filter(isMine), ...items.filter((item) => !isMine(item))];
  const shown = all ? mineFirst : mineFirst.slice(0, shownAtFirst);
  return (
    <>
      <Table.ScrollContainer minWidth={0}>
        <Table verticalSpacing="xs">
          <Table.Caption>{texts.count(items.length)}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{texts.account}</Table.Th>
              <Table.Th>{texts.permission}</Table.Th>
              {withVia ? <Table.Th visibleFrom="xs">{texts.via}</Table.Th> : null}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((item) => (
              <AccountPermissionRow
                key={item.account.id}
                item={item}
                mine={isMine(item)}
                withVia={withVia}
                provider={provider ?? unknownProvider}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {shown.length === items.length ? null : (
        <Button
          variant="subtle"
          onClick={() => {
            setAll(true);
          }}
        >
          {texts.more(items.length - shown.length)}
        </Button>
      )}
    </>
  );
}

interface OmissionAlertProps {
  readonly omission: Parameters<typeof omissionWords>[0];
  readonly provider: string | undefined;
}

function OmissionAlert({ omission, provider }: OmissionAlertProps): ReactNode {
  const texts = useTextsOf(repositoriesTexts);
  return (
    <Alert variant="light" color="yellow" p="sm">
      {omissionWords(omission, provider ?? texts.unknownProvider, texts.notices)}{' '}
      <OmissionLink {...omission} />
    </Alert>
  );
}
