import type { GitProviderDraft, ListedGitProvider, ProviderType } from '@anyforge/client';
import { Alert } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlugOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { refreshAfterSignIn } from '../../api/connections.js';
import { gitProviderKeys } from '../../api/git-providers.js';
import { useIsHere } from '../../components/use-is-here.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { ConnectionSection } from '../connections/connection-section.js';
import { DeleteSection } from './delete-section.js';
import { DraftGone } from './draft-gone.js';
import { GitProviderForm } from './git-provider-form.js';

const route = getRouteApi('/git-providers/$id');

export interface EditGitProviderProps {
  readonly gitProvider: ListedGitProvider;
  /** Undefined: the plugin of this type is not there. */
  readonly type: ProviderType | undefined;
  readonly formerDraft: GitProviderDraft | undefined;
  readonly isDraftGone: boolean;
  readonly resumedSignIn: string | undefined;
}

/** One's own sign-in, and below it everything that an administrator can change. */
export function EditGitProvider(props: EditGitProviderProps): ReactNode {
  const { gitProvider, type, formerDraft, isDraftGone, resumedSignIn } = props;
  const texts = useTextsOf(gitProviderEditorTexts);
  const navigate = route.useNavigate();
  const isHere = useIsHere();
  const queryClient = useQueryClient();
  const { id, name } = gitProvider;
  const goToList = () => navigate({ to: '/git-providers' });
  const onDeleted = async () => {
    notifications.show({ color: 'teal', message: texts.delete.deleted(name) });
    // First, so that nobody on this page asks for what is gone.
    if (isHere()) await goToList();
    queryClient.removeQueries({ queryKey: gitProviderKeys.one(id) });
    await refreshAfterSignIn(queryClient);
  };
  return (
    <>
      <ConnectionSection gitProvider={gitProvider} />
      {isDraftGone && <DraftGone />}
      {type === undefined ? (
        <>
          <Alert color="yellow" icon={<IconPlugOff aria-hidden />} title={texts.pluginGone.title}>
            {texts.pluginGone.description(gitProvider.type)}
          </Alert>
          <DeleteSection gitProvider={gitProvider} onDeleted={() => void onDeleted()} />
        </>
      ) : (
        <GitProviderForm
          type={type}
          gitProvider={gitProvider}
          formerDraft={formerDraft}
          resumedSignIn={formerDraft && resumedSignIn}
          path={`/git-providers/${encodeURIComponent(id)}`}
          onDraft={(draft) => {
            if (isHere())
              void navigate({
                to: '/git-providers/$id',
                params: { id },
                search: { draft },
                replace: true,
                ignoreBlocker: true,
              });
          }}
          onSaved={({ gitProvider: saved }) => {
            notifications.show({ color: 'teal', message: texts.updated(saved.name) });
          }}
          onDeleted={() => void onDeleted()}
          onCancel={() => void goToList()}
        />
      )}
    </>
  );
}
