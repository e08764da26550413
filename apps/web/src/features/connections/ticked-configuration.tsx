import type { ListedGitProvider } from '@anyforge/client';
import { Box, Checkbox, Group, Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import { useRef } from 'react';
import { ConfigurationPanel } from './configuration-panel.js';
import { ConfigurationStatus } from './configuration-status.js';
import { addressOf } from './web-host.js';

export interface TickedConfigurationProps {
  readonly gitProvider: ListedGitProvider;
  readonly isTicked: boolean;
  readonly onTick: (isTicked: boolean) => void;
  readonly onSaved: (username: string) => void;
}

/** A git provider that can be ticked, and configured as long as it is. */
export function TickedConfiguration({
  gitProvider,
  isTicked,
  onTick,
  onSaved,
}: TickedConfigurationProps): ReactNode {
  const { name, connection } = gitProvider;
  const checkbox = useRef<HTMLInputElement>(null);
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" wrap="nowrap">
        <Checkbox
          ref={checkbox}
          label={name}
          description={addressOf(gitProvider)}
          checked={isTicked}
          onChange={(event) => {
            onTick(event.currentTarget.checked);
          }}
        />
        <div role="status">
          <ConfigurationStatus connection={connection} />
        </div>
      </Group>
      {isTicked && (
        <Box mt="sm" role="group" aria-label={name}>
          <ConfigurationPanel
            gitProvider={gitProvider}
            onSaved={(username) => {
              // The form goes, and with it the button that was used.
              checkbox.current?.focus();
              onSaved(username);
            }}
          />
        </Box>
      )}
    </Paper>
  );
}
