import type { GitProviderDraft, ProviderType, SavedGitProviderDraft } from '@anyforge/client';
import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { draftsOf } from '../../api/git-provider-drafts.js';
import { useApi } from '../../api/use-api.js';
import { useIsHere } from '../../components/use-is-here.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import type { TextsOf } from '../../texts/use-texts.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { CarriedValues, EditorValues } from './editor-values.js';
import { carriedValues } from './editor-values.js';
import { GitProviderForm } from './git-provider-form.js';
import { TypeSection } from './type-section.js';

const route = getRouteApi('/git-providers/new');

export interface AddGitProviderProps {
  readonly types: readonly ProviderType[];
  readonly formerDraft: GitProviderDraft | undefined;
  readonly resumedSignIn: string | undefined;
}

/** The choice of a type, and below it all that belongs to that type. */
export function AddGitProvider({ types, formerDraft, resumedSignIn }: AddGitProviderProps): ReactNode {
  const texts = useTextsOf(gitProviderEditorTexts);
  const api = useApi();
  const navigate = route.useNavigate();
  const isHere = useIsHere();
  const { draft: draftId } = route.useSearch();
  const [chosen, setChosen] = useState(formerDraft?.type ?? null);
  const type = types.find((one) => one.type === chosen);
  const [former, setFormer] = useState(formerDraft);
  const typed = useRef<EditorValues>(undefined);
  const [carried, setCarried] = useState<CarriedValues>();

  const choose = (next: string) => {
    if (next === chosen) return;
    // Should this fail, it is forgotten by itself.
    if (draftId !== undefined)
      draftsOf(api)
        .abandon(draftId)
        .catch(() => undefined);
    setFormer(undefined);
    setCarried(typed.current && carriedValues(typed.current));
    setChosen(next);
  };
  const goToList = () => void navigate({ to: '/git-providers' });
  return (
    <>
      <TypeSection types={types} chosen={chosen} onChoose={choose} />
      {type === undefined ? (
        <Text c="dimmed">{texts.type.chooseFirst}</Text>
      ) : (
        <GitProviderForm
          key={type.type}
          type={type}
          formerDraft={former}
          carried={carried}
          onValues={(values) => {
            typed.current = values;
          }}
          resumedSignIn={former && resumedSignIn}
          path="/git-providers/new"
          onDraft={(draft) => {
            if (isHere())
              void navigate({
                to: '/git-providers/new',
                search: { draft },
                replace: true,
                ignoreBlocker: true,
              });
          }}
          onSaved={(saved) => {
            notifications.show({
              color: 'teal',
              title: texts.added(saved.gitProvider.name),
              message: outcomeOf(saved, texts),
            });
            if (isHere()) goToList();
          }}
          onCancel={goToList}
        />
      )}
    </>
  );
}

/** What has become of the sign-in of the test. */
function outcomeOf(
  { signIn, connection }: SavedGitProviderDraft,
  texts: TextsOf<typeof gitProviderEditorTexts>,
): string {
  if (connection !== null) return texts.addedAs(connection.account.username);
  return signIn === 'none' ? texts.addedWithout : texts.signInDropped;
}
