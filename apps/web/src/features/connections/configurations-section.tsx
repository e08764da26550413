import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import { gitProvidersQuery } from '../../api/git-providers.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { ConfigurationStatus } from './configuration-status.js';
import { ConfigurationsDialog } from './configurations-dialog.js';
import { GitProviderLabel } from './git-provider-label.js';

/** Which git providers are configured with a username and a token of mine, and **Edit configuration**. */
export function ConfigurationsSection(): ReactNode {
  const texts = useTextsOf(connectionsTexts).configuration;
  const api = useApi();
  const titleId = useId();
  const [isEditing, setEditing] = useState(false);
  const { data: gitProviders, error, refetch } = useQuery(gitProvidersQuery(api));
  return (
    <Stack component="section" gap="md" aria-labelledby={titleId}>
      <div>
        <Title order={2} size="h4" id={titleId}>
          {texts.sectionTitle}
        </Title>
        <Text size="sm" c="dimmed">
          {texts.sectionDescription}
        </Text>
      </div>
      {gitProviders === undefined ? (
        error === null ? (
          <Skeleton h={160} />
        ) : (
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        )
      ) : gitProviders.length === 0 ? (
        <Text>{texts.none}</Text>
      ) : (
        <>
          <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }} aria-labelledby={titleId}>
            {gitProviders.map((gitProvider) => (
              <Group key={gitProvider.id} component="li" justify="space-between">
                <GitProviderLabel gitProvider={gitProvider} />
                <ConfigurationStatus connection={gitProvider.connection} />
              </Group>
            ))}
          </Stack>
          <Group>
            <Button
              onClick={() => {
                setEditing(true);
              }}
            >
              {texts.edit}
            </Button>
          </Group>
          <ConfigurationsDialog
            gitProviders={gitProviders}
            isOpen={isEditing}
            onClose={() => {
              setEditing(false);
            }}
          />
        </>
      )}
    </Stack>
  );
}
