import type { ApiToken } from '@anyforge/client';
import { ActionIcon, Badge, Group, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { accountKeys } from '../../api/account.js';
import { useApi } from '../../api/use-api.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { useMinute } from '../../components/minute-clock.js';
import { notifyOfProblem, notifyOfSuccess } from '../../components/notify.js';
import { orGone } from '../../components/or-gone.js';
import { RelativeTime } from '../../components/relative-time.js';
import { Row } from '../../components/row-list.js';
import { accountTexts } from '../../texts/account.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';

/** Of the acts that take one back. */
export const deleteApiTokenKey = ['delete API token'];

/** One API token, which can be taken back. */
export function ApiTokenRow({ token }: { readonly token: ApiToken }): ReactNode {
  const texts = useTexts();
  const { apiTokens: words } = useTextsOf(accountTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const now = useMinute();
  const [isAsking, setAsking] = useState(false);
  const { id, name, scopes, createdAt, expiresAt, lastUsedAt } = token;
  const remove = useMutation({
    mutationKey: deleteApiTokenKey,
    mutationFn: (tokenId: string) =>
      orGone(api.DELETE('/api-tokens/{id}', { params: { path: { id: tokenId } } })),
    onSuccess: async () => {
      notifyOfSuccess(words.deleted(name));
      await queryClient.invalidateQueries({ queryKey: accountKeys.apiTokens });
    },
    onError: (error) => {
      notifyOfProblem(error, texts, words.notDeleted(name));
    },
  });
  const hasEnded = expiresAt !== undefined && Date.parse(expiresAt) <= now;
  return (
    <Row
      actions={
        <>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={words.deleteOf(name)}
            onClick={() => {
              setAsking(true);
            }}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
          <ConfirmDialog
            opened={isAsking}
            title={words.deleteTitle(name)}
            confirmLabel={texts.common.delete}
            onConfirm={() => {
              remove.mutate(id);
            }}
            onClose={() => {
              setAsking(false);
            }}
          >
            {words.deleteDescription}
          </ConfirmDialog>
        </>
      }
    >
      <Group gap="xs">
        <Text fw={600}>{name}</Text>
        {scopes.map((scope) => (
          <Badge key={scope} variant="light">
            {words.scope[scope].label}
          </Badge>
        ))}
      </Group>
      <Text size="sm" c="dimmed">
        {words.createdAt} <RelativeTime at={createdAt} />
        {' · '}
        {expiresAt === undefined ? (
          words.neverEnds
        ) : (
          <>
            {hasEnded ? words.ended : words.ends} <RelativeTime at={expiresAt} ahead={!hasEnded} />
          </>
        )}
        {' · '}
        {lastUsedAt === undefined ? (
          words.neverUsed
        ) : (
          <>
            {words.lastUsed} <RelativeTime at={lastUsedAt} />
          </>
        )}
      </Text>
    </Row>
  );
}
