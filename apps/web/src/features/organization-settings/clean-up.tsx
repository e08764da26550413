import { ApiError } from '@anyforge/client';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconEraser } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { cleanUp, organizationSettingsKeys, outsideQuery } from '../../api/organization-settings.js';
import { repositoryKeys } from '../../api/repositories.js';
import { useApi } from '../../api/use-api.js';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { organizationSettingsTexts } from '../../texts/organization-settings.js';
import { useTextsOf } from '../../texts/use-texts.js';

export interface CleanUpProps {
  readonly gitProviderId: string;
  /** Whether the settings on the page are the saved ones: by those it goes. */
  readonly isSaved: boolean;
}

/** Deletes what is stored outside the saved settings, once their number is confirmed. */
export function CleanUp({ gitProviderId, isSaved }: CleanUpProps): ReactNode {
  const { cleanUp: texts } = useTextsOf(organizationSettingsTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure();
  const { data } = useQuery(outsideQuery(api, gitProviderId));
  const count = data?.count ?? 0;
  const outsideKey = organizationSettingsKeys.outside(gitProviderId);
  const cleaning = useMutation({
    mutationFn: (confirmed: number) => cleanUp(api, gitProviderId, confirmed),
    onSuccess: async (_, confirmed) => {
      close();
      notifications.show({ color: 'teal', message: texts.done(confirmed) });
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: organizationSettingsKeys.previews(gitProviderId) }),
        queryClient.invalidateQueries({ queryKey: repositoryKeys.all }),
      ]);
    },
    onError: (error) => {
      if (!(error instanceof ApiError) || error.count === undefined) return;
      queryClient.setQueryData(outsideKey, { count: error.count });
    },
  });
  return (
    <Group justify="space-between" gap="sm">
      <Stack gap={2} flex={1} miw={220}>
        <Title order={3} size="h6">
          {texts.title}
        </Title>
        <Text size="xs" c="dimmed">
          {texts.description} {!isSaved ? texts.saveFirst : data?.count === 0 ? texts.nothing : ''}
        </Text>
      </Stack>
      <Button
        variant="outline"
        color="red"
        leftSection={<IconEraser size={16} aria-hidden />}
        disabled={!isSaved || count === 0}
        onClick={open}
      >
        {texts.button}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        title={texts.dialogTitle(count)}
        pending={cleaning.isPending}
        error={cleaning.error}
        onConfirm={() => {
          cleaning.mutate(count);
        }}
        onClose={() => {
          close();
          cleaning.reset();
        }}
      >
        {texts.dialogDescription(count)}
      </ConfirmDialog>
    </Group>
  );
}
