import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../../components/empty-state.js';
import { LinkButton } from '../../components/links.js';
import { gitProvidersTexts } from '../../texts/git-providers.js';
import { useTextsOf } from '../../texts/use-texts.js';

/** What stands where no git provider was added yet: what to do, or to wait for. */
export function NoGitProvider({ isAdministrator }: { readonly isAdministrator: boolean }): ReactNode {
  const texts = useTextsOf(gitProvidersTexts);
  return (
    <EmptyState
      icon={<IconPlugConnected size={40} stroke={1.5} aria-hidden />}
      title={texts.empty.title}
      description={isAdministrator ? texts.empty.administrator : texts.empty.member}
      action={
        isAdministrator && (
          <LinkButton to="/git-providers/new" leftSection={<IconPlus size={18} aria-hidden />}>
            {texts.add}
          </LinkButton>
        )
      }
    />
  );
}
