import type { ListedGitProvider } from '@anyforge/client';
import { Box, Button, Checkbox, Group, Modal, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTexts } from '../../texts/use-texts.js';
import { ConfigurationPanel } from './configuration-panel.js';
import { ConfigurationStatus } from './configuration-status.js';
import { DialogActions } from './dialog-actions.js';
import { addressOf } from './web-host.js';

export interface ConfigurationsDialogProps {
  readonly gitProviders: readonly ListedGitProvider[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** All git providers that take tokens: whichever is ticked can be configured. */
export function ConfigurationsDialog({ isOpen, ...props }: ConfigurationsDialogProps): ReactNode {
  const { common, connections } = useTexts();
  return (
    <Modal
      opened={isOpen}
      onClose={props.onClose}
      title={connections.configuration.title}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Configurations {...props} />
    </Modal>
  );
}

function Configurations({ gitProviders, onClose }: Omit<ConfigurationsDialogProps, 'isOpen'>): ReactNode {
  const { connections, common } = useTexts();
  const texts = connections.configuration;
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const offered = gitProviders.filter(({ waysToSignIn }) => waysToSignIn.includes('token'));
  const without = (id: string) => ticked.filter((other) => other !== id);

  return (
    <Stack gap="sm">
      <Text size="sm">{offered.length === 0 ? texts.noneWithToken : texts.intro}</Text>
      {offered.map((gitProvider) => {
        const { id, name, connection } = gitProvider;
        const isTicked = ticked.includes(id);
        return (
          <Paper key={id} withBorder p="sm">
            <Group justify="space-between" wrap="nowrap">
              <Checkbox
                label={name}
                description={addressOf(gitProvider)}
                checked={isTicked}
                onChange={(event) => {
                  setTicked(event.currentTarget.checked ? [...ticked, id] : without(id));
                }}
              />
              <ConfigurationStatus connection={connection} />
            </Group>
            {isTicked && (
              <Box mt="sm" role="group" aria-label={name}>
                <ConfigurationPanel
                  gitProvider={gitProvider}
                  onSaved={() => {
                    const left = without(id);
                    setTicked(left);
                    if (left.length === 0) onClose();
                  }}
                />
              </Box>
            )}
          </Paper>
        );
      })}
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {common.close}
        </Button>
      </DialogActions>
    </Stack>
  );
}
