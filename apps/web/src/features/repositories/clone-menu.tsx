import type { Repository } from '@anyforge/client';
import { ActionIcon, Menu } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useRef } from 'react';
import { useTexts } from '../../texts/use-texts.js';

interface CloneMenuProps {
  readonly repository: Pick<Repository, 'path' | 'httpsCloneUrl' | 'sshCloneUrl'>;
  readonly tabIndex: number;
}

/** The addresses of a repository, to be copied. It opens as soon as it is there: somebody has pressed its button. */
export function CloneMenu({ repository, tabIndex }: CloneMenuProps): ReactNode {
  const { repositories: texts } = useTexts();
  const target = useRef<HTMLButtonElement>(null);
  const clipboard = useClipboard({ timeout: 2000 });
  const { path, httpsCloneUrl, sshCloneUrl } = repository;
  const addresses = [
    { label: texts.cloneHttps, url: httpsCloneUrl },
    { label: texts.cloneSsh, url: sshCloneUrl },
  ];
  return (
    <Menu
      defaultOpened
      withInitialFocusPlaceholder={false}
      position="bottom-end"
      shadow="md"
      onClose={() => {
        // The button that had the focus before has given way to this one.
        target.current?.focus();
      }}
    >
      <Menu.Target>
        <ActionIcon
          ref={target}
          variant="subtle"
          color="gray"
          size="lg"
          tabIndex={tabIndex}
          aria-label={clipboard.copied ? texts.copied(path) : texts.cloneOf(path)}
        >
          {clipboard.copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {clipboard.error === null ? null : <Menu.Label>{texts.copyFailed}</Menu.Label>}
        {addresses.map(({ label, url }) =>
          url === undefined ? null : (
            <Menu.Item
              key={label}
              onClick={() => {
                clipboard.copy(url);
              }}
            >
              {label}
            </Menu.Item>
          ),
        )}
        {httpsCloneUrl === undefined && sshCloneUrl === undefined ? (
          <Menu.Label>{texts.repository.noClone}</Menu.Label>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
