import { Button } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { EmptyState } from '../../components/empty-state.js';
import { useTexts } from '../../texts/use-texts.js';

/** What stands where no git provider was added yet: what to do, or to wait for. */
export function NoGitProvider({ isAdministrator }: { readonly isAdministrator: boolean }): ReactNode {
  const texts = useTexts().gitProviders;
  return (
    <EmptyState
      icon={<IconPlugConnected size={40} stroke={1.5} aria-hidden />}
      title={texts.empty.title}
      description={isAdministrator ? texts.empty.administrator : texts.empty.member}
      action={
        isAdministrator && (
          <Button component={Link} to="/git-providers/new" leftSection={<IconPlus size={18} aria-hidden />}>
            {texts.add}
          </Button>
        )
      }
    />
  );
}
