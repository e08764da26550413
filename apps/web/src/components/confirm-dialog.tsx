import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import { useState } from 'react';
import { useTexts } from '../texts/use-texts.js';
import { ProblemAlert } from './problem-alert.js';
import { useOneAtATime } from './use-one-at-a-time.js';

export interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** What it will do, in words. */
  readonly children: ReactNode;
  /** What the button says that does it. */
  readonly confirmLabel?: string;
  /** A name that has to be typed first. */
  readonly typeToConfirm?: string;
  /** Whether it takes something away; true when absent. */
  readonly destructive?: boolean;
  readonly pending?: boolean;
  /** Why it has failed. */
  readonly error?: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Says what an act will do before it is done. */
export function ConfirmDialog({
  opened,
  title,
  onClose,
  pending = false,
  ...rest
}: ConfirmDialogProps): ReactNode {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      closeOnClickOutside={!pending}
      closeButtonProps={{ 'aria-label': useTexts().common.close }}
    >
      <Confirmation {...rest} opened={opened} pending={pending} onClose={onClose} />
    </Modal>
  );
}

type ConfirmationProps = Omit<ConfirmDialogProps, 'title'>;

function Confirmation({
  opened,
  children,
  confirmLabel,
  typeToConfirm,
  destructive = true,
  pending = false,
  error,
  onConfirm,
  onClose,
}: ConfirmationProps): ReactNode {
  const { common } = useTexts();
  const [typed, setTyped] = useState('');
  const begin = useOneAtATime({ isPending: pending, error });
  const matches = typeToConfirm === undefined || typed.trim() === typeToConfirm.trim();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    // While it closes it can still be pressed.
    if (opened && matches) begin(onConfirm);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <div>{children}</div>
        {typeToConfirm !== undefined && (
          <TextInput
            data-autofocus
            label={common.typeToConfirm(typeToConfirm)}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value);
            }}
          />
        )}
        <ProblemAlert error={error} />
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={onClose}
            data-autofocus={typeToConfirm === undefined || undefined}
          >
            {common.cancel}
          </Button>
          <Button type="submit" disabled={!matches} loading={pending} {...(destructive && { color: 'red' })}>
            {confirmLabel ?? common.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
