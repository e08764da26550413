import type { Repository } from '@anyforge/client';
import { ActionIcon, Text, UnstyledButton } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import panel from '../../components/drop-panel.module.css';
import { DropPanel } from '../../components/drop-panel.js';
import { repositoriesTexts } from '../../texts/repositories.js';
import { useTextsOf } from '../../texts/use-texts.js';

interface CloneMenuProps {
  readonly repository: Pick<Repository, 'path' | 'httpsCloneUrl' | 'sshCloneUrl'>;
  readonly tabIndex: number;
  readonly opened: boolean;
  readonly onToggle: (opened: boolean) => void;
}

/** The addresses of a repository, to be copied. */
export function CloneMenu({ repository, tabIndex, opened, onToggle }: CloneMenuProps): ReactNode {
  const texts = useTextsOf(repositoriesTexts);
  const clipboard = useClipboard({ timeout: 2000 });
  const { path, httpsCloneUrl, sshCloneUrl } = repository;
  const known = [
    { label: texts.cloneHttps, url: httpsCloneUrl },
    { label: texts.cloneSsh, url: sshCloneUrl },
  ].flatMap(({ label, url }) => (url === undefined ? [] : [{ label, url }]));
  return (
    <DropPanel
      defaultOpened={opened}
      onToggle={onToggle}
      label={texts.cloneOf(path)}
      button={(button) => (
        <ActionIcon
          {...button}
          variant="subtle"
          color="gray"
          size="lg"
          tabIndex={tabIndex}
          aria-label={clipboard.copied ? texts.copied(path) : texts.cloneOf(path)}
        >
          {clipboard.copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
        </ActionIcon>
      )}
    >
      {clipboard.error === null ? null : <Text size="sm">{texts.copyFailed}</Text>}
      {known.map(({ label, url }, index) => (
        <UnstyledButton
          key={label}
          data-closes
          className={panel['item'] ?? ''}
          // The button that had the focus has given way to this panel.
          autoFocus={index === 0}
          onClick={() => {
            clipboard.copy(url);
          }}
        >
          {label}
        </UnstyledButton>
      ))}
      {known.length === 0 ? <Text size="sm">{texts.noClone}</Text> : null}
    </DropPanel>
  );
}
