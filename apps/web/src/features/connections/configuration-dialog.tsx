import type { ListedGitProvider } from '@anyforge/client';
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { ConfigurationPanel } from './configuration-panel.js';
import { useConfiguredNotice } from './use-configured-notice.js';

export interface ConfigurationDialogProps {
  readonly gitProvider: ListedGitProvider;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Username and token for one git provider, over the page. */
export function ConfigurationDialog({ gitProvider, isOpen, onClose }: ConfigurationDialogProps): ReactNode {
  const connections = useTextsOf(connectionsTexts);
  const { common } = useTexts();
  const tellConfigured = useConfiguredNotice();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={connections.configuration.titleOf(gitProvider.name)}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <ConfigurationPanel
        gitProvider={gitProvider}
        onSaved={(username) => {
          tellConfigured(gitProvider.name, username);
          onClose();
        }}
        onCancel={onClose}
      />
    </Modal>
  );
}
