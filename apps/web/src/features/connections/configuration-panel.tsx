import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { tokenHelpQuery } from '../../api/git-providers.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import type { ConfigurationFormProps } from './configuration-form.js';
import { ConfigurationForm } from './configuration-form.js';

/** The form of a configuration, with what that very host says about its tokens. */
export function ConfigurationPanel(props: Omit<ConfigurationFormProps, 'help'>): ReactNode {
  const api = useApi();
  const { data: help, error, refetch } = useQuery(tokenHelpQuery(api, props.gitProvider.id));
  if (help !== undefined) return <ConfigurationForm {...props} help={help} />;
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return (
    <Stack gap="sm" aria-busy>
      <Skeleton h={22} w="60%" />
      <Skeleton h={60} />
      <Skeleton h={60} />
      <Skeleton h={36} w={160} ml="auto" mt="lg" />
    </Stack>
  );
}
