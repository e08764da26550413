import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { apiTokensQuery } from '../../api/account.js';
import { useApi } from '../../api/use-api.js';
import { EmptyState } from '../../components/empty-state.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { RowList } from '../../components/row-list.js';
import { useKeptPlace } from '../../components/use-kept-place.js';
import { useRemaining } from '../../components/use-remaining.js';
import { accountTexts } from '../../texts/account.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { ApiTokenRow, deleteApiTokenKey } from './api-token-row.js';
import { CreateApiTokenDialog } from './create-api-token-dialog.js';

/** The API tokens of my programs. */
export function ApiTokensTab(): ReactNode {
  const { apiTokens: texts } = useTextsOf(accountTexts);
  const { data, error, refetch } = useQuery(apiTokensQuery(useApi()));
  const tokens = useRemaining(data, deleteApiTokenKey);
  const [isCreating, setCreating] = useState(false);
  const createButton = useKeptPlace<HTMLButtonElement>(tokens?.length);
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2}>{texts.title}</Title>
          <Text size="sm" c="dimmed">
            {texts.description}
          </Text>
        </div>
        <Button
          ref={createButton}
          onClick={() => {
            setCreating(true);
          }}
        >
          {texts.create}
        </Button>
      </Group>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {tokens === undefined && error === null && <Skeleton height={140} />}
      {tokens?.length === 0 && <EmptyState {...texts.empty} />}
      {tokens !== undefined && tokens.length > 0 && (
        <RowList label={texts.title}>
          {tokens.map((token) => (
            <ApiTokenRow key={token.id} token={token} />
          ))}
        </RowList>
      )}
      <CreateApiTokenDialog
        opened={isCreating}
        onClose={() => {
          setCreating(false);
        }}
      />
    </Stack>
  );
}
