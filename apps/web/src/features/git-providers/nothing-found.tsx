import { Button } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../components/empty-state.js';
import { gitProvidersTexts } from '../../texts/git-providers.js';
import { useTextsOf } from '../../texts/use-texts.js';

/** What stands where the search leaves nothing. */
export function NothingFound({ onShowAll }: { readonly onShowAll: () => void }): ReactNode {
  const texts = useTextsOf(gitProvidersTexts).nothingFound;
  return (
    <EmptyState
      icon={<IconSearchOff size={40} stroke={1.5} aria-hidden />}
      title={texts.title}
      description={texts.description}
      action={
        <Button variant="default" onClick={onShowAll}>
          {texts.action}
        </Button>
      }
    />
  );
}
