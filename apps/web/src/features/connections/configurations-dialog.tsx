import type { ListedGitProvider } from '@anyforge/client';
import { Button, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { DialogActions } from './dialog-actions.js';
import { TickedConfiguration } from './ticked-configuration.js';
import { useConfiguredNotice } from './use-configured-notice.js';

export interface ConfigurationsDialogProps {
  readonly gitProviders: readonly ListedGitProvider[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** All git providers that take tokens: whichever is ticked can be configured. */
export function ConfigurationsDialog({ isOpen, ...props }: ConfigurationsDialogProps): ReactNode {
  const connections = useTextsOf(connectionsTexts);
  const { common } = useTexts();
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
  const connections = useTextsOf(connectionsTexts);
  const { common } = useTexts();
  const texts = connections.configuration;
  const tellConfigured = useConfiguredNotice();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const offered = gitProviders.filter(({ waysToSignIn }) => waysToSignIn.includes('token'));
  const without = (id: string) => ticked.filter((other) => other !== id);

  return (
    <Stack gap="sm">
      <Text size="sm">{offered.length === 0 ? texts.noneWithToken : texts.intro}</Text>
      {offered.map((gitProvider) => {
        const { id, name } = gitProvider;
        return (
          <TickedConfiguration
            key={id}
            gitProvider={gitProvider}
            isTicked={ticked.includes(id)}
            onTick={(isTicked) => {
              setTicked(isTicked ? [...ticked, id] : without(id));
            }}
            onSaved={(username) => {
              const left = without(id);
              setTicked(left);
              if (left.length > 0) return;
              tellConfigured(name, username);
              onClose();
            }}
          />
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
