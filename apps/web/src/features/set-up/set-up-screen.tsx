import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { setUpQuery } from '../../api/session.js';
import { useApi } from '../../api/use-api.js';
import { LinkButton } from '../../components/links.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { sessionTexts } from '../../texts/session.js';
import { setUpTexts } from '../../texts/set-up.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { readSetUpCode } from './set-up-code.js';
import { SetUpForm } from './set-up-form.js';

/** The first visit, which makes the administrator. */
export function SetUpScreen(): ReactNode {
  const texts = useTextsOf(setUpTexts);
  const session = useTextsOf(sessionTexts);
  const { data: status, error, refetch } = useQuery(setUpQuery(useApi()));
  const hash = useRouterState({ select: ({ location }) => location.hash });
  const isDone = status?.needed === false;
  return (
    <>
      <PageHeader title={texts.title} description={isDone ? texts.done : texts.description} />
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {status === undefined && error === null && <Skeleton height={320} />}
      {isDone && <LinkButton to="/sign-in">{session.signIn}</LinkButton>}
      {status?.needed === true && (
        <SetUpForm codeRequired={status.codeRequired} linkedCode={readSetUpCode(hash)} />
      )}
    </>
  );
}
