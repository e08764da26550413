import { Button, Divider, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { signInMethodsQuery } from '../../api/session.js';
import { tabStorage } from '../../api/tab-storage.js';
import { useApi } from '../../api/use-api.js';
import { PageHeader } from '../../components/page-header.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { sessionTexts } from '../../texts/session.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { rememberReturn } from './return-memory.js';
import { SignInForm } from './sign-in-form.js';
import { useBegin } from './use-begin.js';

const route = getRouteApi('/sign-in');

/** Signs in, and leads to where one wanted to go. */
export function SignInScreen(): ReactNode {
  const texts = useTextsOf(sessionTexts);
  const { data: methods, error, refetch } = useQuery(signInMethodsQuery(useApi()));
  const { returnTo } = route.useSearch();
  const begin = useBegin();
  return (
    <>
      <PageHeader title={texts.title} />
      {error !== null && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {methods === undefined && error === null && <Skeleton height={216} />}
      {methods !== undefined && (
        <Stack>
          {methods.openIdConnect !== null && (
            <>
              <Button
                component="a"
                // The server's own address: it leads to the identity provider.
                href={methods.openIdConnect.path.replace(/^\//, '')}
                onClick={() => {
                  rememberReturn(tabStorage(), returnTo);
                }}
              >
                {texts.signInWith(methods.openIdConnect.displayName)}
              </Button>
              <Divider label={texts.or} />
            </>
          )}
          <SignInForm onSignedIn={() => begin(returnTo ?? '/')} />
          <Text size="sm" c="dimmed">
            {texts.forgotten}
          </Text>
        </Stack>
      )}
    </>
  );
}
