import type { Session } from '@anyforge/client';
import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sessionKeys } from '../../api/session.js';
import { useApi } from '../../api/use-api.js';
import { notifyOfProblem, notifyOfSuccess } from '../../components/notify.js';
import { orGone } from '../../components/or-gone.js';
import { RelativeTime } from '../../components/relative-time.js';
import { Row } from '../../components/row-list.js';
import { accountTexts } from '../../texts/account.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { browserName } from './browser-name.js';

/** Of the acts that end one. */
export const endSessionKey = ['end session'];

/** One browser that I am signed in with. */
export function SessionRow({ session }: { readonly session: Session }): ReactNode {
  const texts = useTexts();
  const { sessions: words } = useTextsOf(accountTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const { current, address, userAgent, createdAt, lastUsedAt } = session;
  const browser = userAgent === undefined ? undefined : browserName(userAgent);
  const name = browser === undefined ? words.unknown : words.on(browser.browser, browser.system);
  const end = useMutation({
    mutationKey: endSessionKey,
    mutationFn: (id: string) => orGone(api.DELETE('/sessions/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      notifyOfSuccess(words.ended);
      await queryClient.invalidateQueries({ queryKey: sessionKeys.all });
    },
    onError: (error) => {
      notifyOfProblem(error, texts, words.notEnded(name));
    },
  });
  return (
    <Row
      actions={
        !current && (
          <Button
            variant="default"
            size="xs"
            aria-label={words.endOf(name)}
            onClick={() => {
              end.mutate(session.id);
            }}
          >
            {words.end}
          </Button>
        )
      }
    >
      <Group gap="xs">
        <Text fw={600} title={userAgent}>
          {name}
        </Text>
        {current && <Badge variant="light">{words.current}</Badge>}
      </Group>
      <Text size="sm" c="dimmed">
        {address !== undefined && `${address} · `}
        {words.signedIn} <RelativeTime at={createdAt} /> · {words.lastUsed} <RelativeTime at={lastUsedAt} />
      </Text>
    </Row>
  );
}
