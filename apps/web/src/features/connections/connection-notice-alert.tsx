import type { Omission } from '@anyforge/client';
import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { OmissionLink } from '../../components/omission-link.js';
import { omittedName } from '../../components/omitted-name.js';
import { RelativeTime } from '../../components/relative-time.js';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { ConnectionNotice } from './connection-notices.js';
import { urgencyOf } from './connection-notices.js';

const colors = { now: 'red', soon: 'yellow', later: 'gray' } as const;

/** One thing about a sign-in that its person should know. */
export function ConnectionNoticeAlert({ notice }: { readonly notice: ConnectionNotice }): ReactNode {
  const { title, content } = useWords(notice);
  const urgency = urgencyOf(notice);
  const Icon = urgency === 'later' ? IconInfoCircle : IconAlertTriangle;
  return (
    <Alert color={colors[urgency]} icon={<Icon aria-hidden />} title={title} py="xs">
      {content}
    </Alert>
  );
}

function useWords(notice: ConnectionNotice): { readonly title: string; readonly content: ReactNode } {
  const texts = useTextsOf(connectionsTexts);
  switch (notice.kind) {
    case 'attention':
      return {
        title: texts.attention.title,
        content: (
          <Text size="sm">
            {notice.reason} {texts.attention.since} <RelativeTime at={notice.since} />.
          </Text>
        ),
      };
    case 'expiry': {
      const { warning, at, credential } = notice;
      const { expiry } = texts;
      const isOver = warning === 'expired';
      return {
        title: isOver ? expiry.expired : expiry.ends[warning],
        content: (
          <Text size="sm">
            {isOver ? expiry.endedAt : expiry.endsAt} <RelativeTime at={at} ahead={!isOver} />.{' '}
            {credential === 'token' ? expiry.tokenRepair : expiry.oauthRepair}
          </Text>
        ),
      };
    }
    case 'scopes':
      return {
        title: texts.scopes.missingTitle,
        content: <Text size="sm">{texts.scopes.missing(notice.scopes.join(', '))}</Text>,
      };
    case 'omissions':
      return {
        title: texts.omissions.title,
        content: <Omissions omitted={notice.omitted} />,
      };
  }
}

function Omissions({ omitted }: { readonly omitted: readonly Omission[] }): ReactNode {
  const texts = useTextsOf(connectionsTexts).omissions;
  return (
    <List size="sm" spacing={4}>
      {omitted.map((omission, index) => {
        const name = omittedName(omission, texts.somebody);
        return (
          <List.Item key={`${name} ${index.toString()}`}>
            {name} {texts.reasons[omission.reason]}{' '}
            <OmissionLink
              {...omission}
              {...(omission.organization.path !== undefined && { label: texts.open(name) })}
            />
          </List.Item>
        );
      })}
    </List>
  );
}
