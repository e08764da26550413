import { Divider, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { accountQuery } from '../../api/account.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { PasswordForm } from './password-form.js';
import { ProfileForm } from './profile-form.js';

/** My name, and my password. */
export function ProfileTab(): ReactNode {
  const { data: account, error, refetch } = useQuery(accountQuery(useApi()));
  if (account === undefined)
    return error === null ? (
      <Skeleton height={420} />
    ) : (
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    );
  return (
    <Stack gap="xl" maw="28rem">
      <ProfileForm account={account} />
      <Divider />
      <PasswordForm account={account} />
    </Stack>
  );
}
