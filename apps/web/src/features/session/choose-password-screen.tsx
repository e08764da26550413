import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { passwordLinkQuery } from '../../api/password-links.js';
import { useApi } from '../../api/use-api.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { RelativeTime } from '../../components/relative-time.js';
import { sessionTexts } from '../../texts/session.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { ChoosePasswordForm } from './choose-password-form.js';

/** Chooses a password with a link from an administrator. What is secret in it follows `#`, which browsers do not send. */
export function ChoosePasswordScreen(): ReactNode {
  const { choosePassword: texts } = useTextsOf(sessionTexts);
  const token = useRouterState({ select: ({ location }) => location.hash });
  const { data: link, error } = useQuery({ ...passwordLinkQuery(useApi(), token), enabled: token !== '' });
  return (
    <>
      <PageHeader title={texts.title} />
      {token === '' && <Text>{texts.noToken}</Text>}
      <ProblemAlert error={error} />
      {token !== '' && link === undefined && error === null && <Skeleton height={280} />}
      {link !== undefined && (
        <>
          <Text mb="md">
            {texts[link.purpose](link.username)} {texts.until} <RelativeTime at={link.expiresAt} ahead />.
          </Text>
          <ChoosePasswordForm token={token} username={link.username} />
        </>
      )}
    </>
  );
}
