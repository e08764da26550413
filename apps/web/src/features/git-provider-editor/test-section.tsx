import { Alert, Button, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../components/problem-alert.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { SignInDialog } from '../connections/sign-in-dialog.js';
import { EditorSection } from '../../components/editor-section.js';
import { wantsSignIn } from './test-progress.js';
import { TestSteps } from './test-steps.js';
import { TestToken } from './test-token.js';
import { TestWindow } from './test-window.js';
import { hasOAuth } from './editor-values.js';
import type { Editor } from './use-editor.js';
import type { TestRun } from './use-test-run.js';

export interface TestSectionProps {
  readonly title: string;
  readonly editor: Editor;
  readonly test: TestRun;
}

/** Tries what is typed, step by step, with a sign-in. */
export function TestSection({ title, editor, test }: TestSectionProps): ReactNode {
  const { test: texts } = useTextsOf(gitProviderEditorTexts);
  const { type, fields, values, draft, keeper } = editor;
  const { progress, isRunning, error, signIn } = test;
  const { steps, summary } = progress;
  const usable = draft?.signIn?.usable === true ? draft.signIn : undefined;
  const isOAuth = hasOAuth(fields, values);
  // A draft learns of typed secrets only when it is tested or saved.
  const isStale =
    summary !== undefined &&
    draft !== undefined &&
    (draft.revision !== summary.revision || !keeper.holds(values, { secrets: true }));
  const isSignInWanted = !isRunning && signIn.view.kind === 'none' && wantsSignIn(progress);
  return (
    <EditorSection title={title} description={texts.description}>
      <Group gap="md">
        {isRunning ? (
          <Button
            variant="default"
            leftSection={<IconPlayerStop size={16} aria-hidden />}
            onClick={test.stop}
          >
            {texts.stop}
          </Button>
        ) : (
          <Button
            variant="light"
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            onClick={isOAuth && usable === undefined ? test.runWithSignIn : test.run}
          >
            {texts.run}
          </Button>
        )}
        {usable?.identity !== undefined && (
          <Text size="sm">{texts.signedInAs(usable.identity.account.username)}</Text>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {texts.remembered}
      </Text>
      {error !== null && <ProblemAlert error={error} />}
      {steps.length > 0 && <TestSteps steps={steps} isSigningIn={signIn.view.kind === 'window'} />}
      <div aria-live="polite">
        {isRunning && <VisuallyHidden>{texts.runs}</VisuallyHidden>}
        {!isRunning && summary !== undefined && signIn.view.kind === 'none' && (
          <Summary summary={summary} isStale={isStale} />
        )}
      </div>
      {signIn.view.kind === 'window' && (
        <TestWindow
          isOpen={signIn.view.open}
          redirectUrl={draft?.redirectUrl}
          onReopen={signIn.reopen}
          onCancel={signIn.cancel}
        />
      )}
      {isSignInWanted && (
        <Stack gap="md" align="flex-start">
          {isOAuth && <Button onClick={test.signInAnew}>{texts.signIn}</Button>}
          <TestToken editor={editor} isFirst={!isOAuth} onSignedIn={test.run} />
        </Stack>
      )}
      {signIn.view.kind !== 'starting' && signIn.view.kind !== 'window' && (
        <SignInDialog signIn={signIn} name={type.displayName} />
      )}
    </EditorSection>
  );
}

interface SummaryProps {
  readonly summary: NonNullable<TestRun['progress']['summary']>;
  readonly isStale: boolean;
}

const looks = {
  passed: { color: 'green', Icon: IconCheck },
  failed: { color: 'red', Icon: IconAlertTriangle },
  waiting: { color: 'pine', Icon: IconPlayerPlay },
} as const;

function Summary({ summary: { outcome, message }, isStale }: SummaryProps): ReactNode {
  const { test: texts } = useTextsOf(gitProviderEditorTexts);
  const { color, Icon } = looks[outcome];
  return (
    <Alert color={color} icon={<Icon aria-hidden />} title={message}>
      {isStale && texts.changed}
    </Alert>
  );
}
