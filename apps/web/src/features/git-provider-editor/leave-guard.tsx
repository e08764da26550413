import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEffect, useEffectEvent } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';

export interface LeaveGuardProps {
  /** Whether leaving loses anything. */
  readonly isNeeded: () => boolean;
  /** Whether closing or reloading the page loses anything. */
  readonly isNeededForUnload: () => boolean;
  /** The page is left, and what was typed is not wanted any more. */
  readonly onLeave: () => void;
}

/** Asks before what is typed is lost. */
export function LeaveGuard({ isNeeded, isNeededForUnload, onLeave }: LeaveGuardProps): ReactNode {
  const { leave: texts } = useTextsOf(gitProviderEditorTexts);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      if (current.pathname === next.pathname) return false;
      if (isNeeded()) return true;
      onLeave();
      return false;
    },
    enableBeforeUnload: isNeededForUnload,
    withResolver: true,
  });
  const proceed = useEffectEvent(() => blocker.proceed?.());
  // Without this dialog nobody can answer it, and nothing is left that could be lost. Not before it goes: whoever presses
  // the browser's back while they are asked is asked anew, and has not answered what was asked first.
  useEffect(
    () => () => {
      proceed();
    },
    [],
  );
  return (
    <ConfirmDialog
      opened={blocker.status === 'blocked'}
      title={texts.title}
      confirmLabel={texts.confirm}
      onConfirm={() => {
        onLeave();
        blocker.proceed?.();
      }}
      onClose={() => blocker.reset?.()}
    >
      {texts.description}
    </ConfirmDialog>
  );
}
