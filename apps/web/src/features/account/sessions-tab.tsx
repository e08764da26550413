import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { sessionKeys, sessionsQuery } from '../../api/session.js';
import { useApi } from '../../api/use-api.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { notifyOfSuccess } from '../../components/notify.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { RowList } from '../../components/row-list.js';
import { useFreshAct } from '../../components/use-fresh-act.js';
import { useKeptPlace } from '../../components/use-kept-place.js';
import { useRemaining } from '../../components/use-remaining.js';
import { accountTexts } from '../../texts/account.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { endSessionKey, SessionRow } from './session-row.js';

/** The browsers that I am signed in with. */
export function SessionsTab(): ReactNode {
  const { sessions: words } = useTextsOf(accountTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery(sessionsQuery(api));
  const sessions = useRemaining(data, endSessionKey);
  const [isAsking, setAsking] = useState(false);
  const endOthers = useMutation({
    mutationFn: () => api.DELETE('/sessions'),
    onSuccess: async ({ ended }) => {
      setAsking(false);
      notifyOfSuccess(words.othersEnded(ended));
      await queryClient.invalidateQueries({ queryKey: sessionKeys.all });
    },
  });
  const heading = useKeptPlace<HTMLHeadingElement>(sessions?.length);
  useFreshAct(isAsking, endOthers);
  return (
    <Stack>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} ref={heading} tabIndex={-1}>
            {words.title}
          </Title>
          <Text size="sm" c="dimmed">
            {words.description}
          </Text>
        </div>
        {sessions !== undefined && sessions.length > 1 && (
          <Button
            variant="default"
            onClick={() => {
              setAsking(true);
            }}
          >
            {words.endOthers}
          </Button>
        )}
      </Group>
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {sessions === undefined && error === null && <Skeleton height={140} />}
      {sessions !== undefined && (
        <RowList label={words.title}>
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </RowList>
      )}
      <ConfirmDialog
        opened={isAsking}
        title={words.endOthersTitle}
        confirmLabel={words.endOthers}
        pending={endOthers.isPending}
        error={endOthers.error}
        onConfirm={() => {
          endOthers.mutate();
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        {words.endOthersDescription}
      </ConfirmDialog>
    </Stack>
  );
}
