import type { Repository } from '@anyforge/client';
import { Code, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from '../../components/copy-button.js';
import { repositoriesTexts } from '../../texts/repositories.js';
import { repositoryTexts } from '../../texts/repository.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { cloneCommand } from './clone-command.js';

interface CloneCommandsProps {
  readonly repository: Pick<Repository, 'httpsCloneUrl' | 'sshCloneUrl'>;
}

/** How one gets a copy of a repository, to be pasted into a terminal. */
export function CloneCommands({ repository }: CloneCommandsProps): ReactNode {
  const { noClone } = useTextsOf(repositoriesTexts);
  const texts = useTextsOf(repositoryTexts);
  const protocols = [
    { name: texts.https, url: repository.httpsCloneUrl },
    { name: texts.ssh, url: repository.sshCloneUrl },
  ].flatMap(({ name, url }) => (url === undefined ? [] : [{ name, command: cloneCommand(url) }]));
  if (protocols.length === 0) return <Text size="sm">{noClone}</Text>;
  return (
    <Stack gap="sm">
      {protocols.map(({ name, command }) => (
        <Stack key={name} gap={4}>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <Group gap="xs" wrap="nowrap">
            <Code block flex={1} style={{ overflowX: 'auto' }} tabIndex={0} aria-label={command}>
              {command}
            </Code>
            <CopyButton value={command} label={texts.copyCommand(name)} />
          </Group>
        </Stack>
      ))}
    </Stack>
  );
}
