import type { SignIn } from '@anyforge/client';
import { Button, Code, Group, Loader, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CopyButton } from '../../components/copy-button.js';
import { connectionsTexts } from '../../texts/connections.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';
import { DialogActions } from './dialog-actions.js';
import { webHost } from './web-host.js';

export interface DeviceCodeProps {
  readonly name: string;
  readonly device: NonNullable<SignIn['device']>;
  readonly onCancel: () => void;
}

/** A code that is to be entered at the forge, on whichever device. */
export function DeviceCode({ name, device, onCancel }: DeviceCodeProps): ReactNode {
  const connections = useTextsOf(connectionsTexts);
  const { common } = useTexts();
  const texts = connections.signIn.code;
  return (
    <>
      <Stack gap="sm">
        <Text>{texts.instruction(name)}</Text>
        <Group gap="sm">
          <Code fz="xl" fw={600} px="md" py="xs" lts="0.1em">
            {device.userCode}
          </Code>
          <CopyButton value={device.userCode} label={texts.copy} />
        </Group>
        <Text size="sm">{texts.onAnyDevice}</Text>
        <Group gap="xs" wrap="nowrap">
          <Loader size="xs" aria-hidden />
          <Text size="sm" c="dimmed">
            {texts.waiting}
          </Text>
        </Group>
      </Stack>
      <DialogActions>
        <Button variant="default" onClick={onCancel}>
          {common.cancel}
        </Button>
        <Button
          component="a"
          href={device.verificationUrl}
          target="_blank"
          rel="noreferrer"
          rightSection={<IconExternalLink size={16} aria-hidden />}
          data-autofocus
        >
          {texts.open(webHost(device.verificationUrl))}
        </Button>
      </DialogActions>
    </>
  );
}
