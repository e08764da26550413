import { Alert } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';

/** Says that what was typed before the page was loaded again is kept no more. */
export function DraftGone(): ReactNode {
  const { draftGone } = useTextsOf(gitProviderEditorTexts);
  return (
    <Alert color="yellow" icon={<IconClock aria-hidden />} title={draftGone.title} withCloseButton={false}>
      {draftGone.description}
    </Alert>
  );
}
