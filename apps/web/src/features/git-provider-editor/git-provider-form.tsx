import type {
  GitProviderDraft,
  ListedGitProvider,
  ProviderType,
  SavedGitProviderDraft,
} from '@anyforge/client';
import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { OrganizationSettingsSection } from '../organization-settings/organization-settings-section.js';
import { DeleteSection } from './delete-section.js';
import type { CarriedValues, EditorValues } from './editor-values.js';
import { GeneralSection } from './general-section.js';
import { LeaveGuard } from './leave-guard.js';
import { OAuthSection } from './oauth-section.js';
import { SaveBar } from './save-bar.js';
import { SynchronizationSection } from './synchronization-section.js';
import { TestSection } from './test-section.js';
import { useEditor } from './use-editor.js';
import { useSave } from './use-save.js';
import { useTestRun } from './use-test-run.js';

export interface GitProviderFormProps {
  readonly type: ProviderType;
  /** Absent: a new one. */
  readonly gitProvider?: ListedGitProvider | undefined;
  /** What was typed before this page was loaded. */
  readonly formerDraft?: GitProviderDraft | undefined;
  /** What was typed for another type. */
  readonly carried?: CarriedValues | undefined;
  readonly onValues?: ((values: EditorValues) => void) | undefined;
  /** A sign-in for the test that an earlier load of the page has started. */
  readonly resumedSignIn?: string | undefined;
  /** The path of this page below the server's address. */
  readonly path: string;
  readonly onDraft: (draftId: string | undefined) => void;
  readonly onSaved: (saved: SavedGitProviderDraft) => void;
  readonly onDeleted?: (() => void) | undefined;
  readonly onCancel: () => void;
}

/** Everything that is typed for a git provider of one type, from its general settings to the button that saves it. */
export function GitProviderForm(props: GitProviderFormProps): ReactNode {
  const { type, gitProvider, formerDraft, carried, resumedSignIn, path } = props;
  const { onValues, onDraft, onSaved, onDeleted, onCancel } = props;
  const texts = useTextsOf(gitProviderEditorTexts);
  const editor = useEditor({ type, gitProvider, formerDraft, carried, onValues, onDraft });
  const { keeper, values, isDirty, draft, setIssues } = editor;
  const container = useRef<HTMLDivElement>(null);
  /** Nothing is lost any more, whatever the page does. */
  const isDone = useRef(false);

  const saving = useSave(editor, (saved) => {
    isDone.current = gitProvider === undefined;
    if (gitProvider !== undefined) editor.rebaseOnSaved(saved.gitProvider);
    onSaved(saved);
  });
  const test = useTestRun({
    keep: () => keeper.keep(values, { secrets: true }),
    returnTo: (draftId) => `${path}?draft=${encodeURIComponent(draftId)}`,
    resumed: resumedSignIn,
    onIssues: setIssues,
    onLeaving: () => {
      isDone.current = true;
    },
  });

  useEffect(() => {
    if (saving.refusals === 0) return;
    container.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [saving.refusals]);

  const isNew = gitProvider === undefined;
  const number = (position: number, title: string) => (isNew ? texts.section(position, title) : title);
  return (
    <Stack gap="lg" ref={container}>
      <Stack gap="lg" inert={saving.isSaving}>
        <GeneralSection title={number(2, texts.general.title)} editor={editor} />
        <OAuthSection title={number(3, texts.oauth.title)} editor={editor} />
        <TestSection title={number(4, texts.test.title)} editor={editor} test={test} />
        <OrganizationSettingsSection
          title={number(5, texts.organizations.title)}
          settings={values}
          onChange={editor.change}
          issueAt={editor.issueAt}
          gitProvider={gitProvider}
          draft={draft}
          isSaved={!isDirty}
        />
        {!isNew && <SynchronizationSection editor={editor} />}
      </Stack>
      <SaveBar label={isNew ? texts.add : texts.update} editor={editor} saving={saving} onCancel={onCancel} />
      {!isNew && (
        <DeleteSection
          gitProvider={gitProvider}
          onDeleted={() => {
            isDone.current = true;
            onDeleted?.();
          }}
        />
      )}
      <LeaveGuard
        isNeeded={() => isDirty && !isDone.current}
        isNeededForUnload={() => isDirty && !isDone.current && !keeper.holds(values, { secrets: true })}
        onLeave={() => {
          if (isDone.current) return;
          // Should this fail, it is forgotten by itself.
          keeper.abandon().catch(() => undefined);
        }}
      />
    </Stack>
  );
}
