import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts.js';

export interface CopyButtonProps {
  readonly value: string;
  /** What it copies: "Copy the redirect URL". */
  readonly label?: string;
}

/** Copies a text, and says so. */
export function CopyButton({ value, label }: CopyButtonProps): ReactNode {
  const { common } = useTexts();
  const { copy, copied, error } = useClipboard({ timeout: 2000 });
  const name = label ?? common.copy;
  const outcome = error === null ? (copied ? common.copied : undefined) : common.copyFailed;
  return (
    <>
      <Tooltip label={outcome ?? name}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={name}
          onClick={() => {
            copy(value);
          }}
        >
          {copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <VisuallyHidden role="status">{outcome}</VisuallyHidden>
    </>
  );
}
