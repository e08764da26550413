import type { ListedGitProvider } from '@anyforge/client';
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { LinkAnchor } from '../../components/links.js';
import { RelativeTime } from '../../components/relative-time.js';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { ConnectionActions } from './connection-actions.js';
import { ConnectionNoticeAlert } from './connection-notice-alert.js';
import { noticesOf } from './connection-notices.js';
import { ConnectionStatus } from './connection-status.js';
import { ResumedSignIn } from './resumed-sign-in.js';

/** My sign-in to a git provider, on its page. */
export function ConnectionSection({ gitProvider }: { readonly gitProvider: ListedGitProvider }): ReactNode {
  const texts = useTextsOf(connectionsTexts);
  const titleId = useId();
  const { id, connection } = gitProvider;
  const returnTo = `/git-providers/${encodeURIComponent(id)}`;
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={titleId}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={2} size="h4" id={titleId}>
              {texts.title}
            </Title>
            <ConnectionStatus connection={connection} />
            {connection !== null && (
              <Text size="sm" c="dimmed">
                {connection.visible === undefined ? (
                  texts.status.notListed
                ) : (
                  <>
                    {texts.status.listed} <RelativeTime at={connection.visible.completedAt} />
                    {' · '}
                    <LinkAnchor to="/repositories" search={{ gitProvider: id }} underline="always">
                      {texts.status.showRepositories}
                    </LinkAnchor>
                  </>
                )}
              </Text>
            )}
          </div>
          <ConnectionActions gitProvider={gitProvider} returnTo={returnTo} />
        </Group>
        {connection !== null &&
          noticesOf(connection).map((notice) => <ConnectionNoticeAlert key={notice.kind} notice={notice} />)}
      </Stack>
      <ResumedSignIn returnTo={returnTo} />
    </Paper>
  );
}
