import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { OmissionLink } from '../../components/omission-link.js';
import { LinkAnchor } from '../../components/links.js';
import { RelativeTime } from '../../components/relative-time.js';
import { repositoriesTexts } from '../../texts/repositories.js';
import type { TextsOf } from '../../texts/use-texts.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { ListNotice } from './list-notices.js';
import { omissionWords } from './omission-words.js';

/** What people should know of the list before they believe it. */
export function ListNoticeAlerts({ notices }: { readonly notices: readonly ListNotice[] }): ReactNode {
  return (
    <Stack gap="xs" mb="xs">
      {notices.map((notice, index) => (
        <NoticeAlert key={`${notice.gitProvider.id} ${index}`} notice={notice} />
      ))}
    </Stack>
  );
}

function NoticeAlert({ notice }: { readonly notice: ListNotice }): ReactNode {
  const texts = useTextsOf(repositoriesTexts);
  const repair = notice.kind === 'failed' ? notice.error.repair : undefined;
  const soft = notice.kind === 'omitted';
  return (
    <Alert
      variant="light"
      color={soft ? 'gray' : 'yellow'}
      icon={soft ? <IconInfoCircle aria-hidden /> : <IconAlertTriangle aria-hidden />}
      p="sm"
    >
      <Text size="sm">
        {wordsOf(notice, texts)} {repair?.text}{' '}
        {repair?.url === undefined ? null : (
          <Anchor href={repair.url} target="_blank" rel="noreferrer" inherit underline="always">
            {texts.notices.lookThere}
          </Anchor>
        )}
        {notice.kind === 'omitted' ? <OmissionLink {...notice.omission} /> : null}
        {notice.kind === 'attention' ? (
          <LinkAnchor to="/git-providers" inherit underline="always">
            {texts.notices.goToProviders}
          </LinkAnchor>
        ) : null}
      </Text>
      {soft ? null : (
        <Text size="sm">
          {notice.listFrom === undefined ? (
            texts.notices.noList
          ) : (
            <>
              {texts.notices.listOf} <RelativeTime at={notice.listFrom} />.
            </>
          )}
        </Text>
      )}
    </Alert>
  );
}

function wordsOf(notice: ListNotice, { notices: texts }: TextsOf<typeof repositoriesTexts>): string {
  const { name } = notice.gitProvider;
  switch (notice.kind) {
    case 'attention':
      return texts.attention(name);
    case 'failed':
      return texts.failed(name, notice.error.message);
    case 'omitted':
      return omissionWords(notice.omission, name, texts);
  }
}
