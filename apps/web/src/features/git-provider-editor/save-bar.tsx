import { Alert, Button, Group, List, Stack } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { ConflictAlert } from './conflict-alert.js';
import { issuesOf, unplacedIssues } from './field-issues.js';
import type { Editor } from './use-editor.js';
import type { Saving } from './use-save.js';

export interface SaveBarProps {
  readonly label: string;
  readonly editor: Editor;
  readonly saving: Saving;
  readonly onCancel: () => void;
}

/** Saves, and says why it could not. */
export function SaveBar({ label, editor, saving, onCancel }: SaveBarProps): ReactNode {
  const texts = useTextsOf(gitProviderEditorTexts);
  const { issues, fields } = editor;
  const { error, parks, conflict } = saving;
  const unplaced = unplacedIssues(fields, issues);
  // What was wrong with fields is told at them, until they are edited.
  const isOfFields = issuesOf(error).length > 0;
  return (
    <Stack gap="md">
      {conflict !== undefined && <ConflictAlert editor={editor} conflict={conflict} />}
      {isOfFields && issues.length > 0 && (
        <Alert color="red" icon={<IconAlertCircle aria-hidden />} title={texts.incomplete} role="alert">
          {unplaced.length > 0 && (
            <List size="sm">
              {unplaced.map(({ path, message }) => (
                <List.Item key={path}>{message}</List.Item>
              ))}
            </List>
          )}
        </Alert>
      )}
      {!isOfFields && <ProblemAlert error={error} />}
      <Group gap="sm">
        <Button onClick={saving.save} loading={saving.isSaving}>
          {label}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {texts.cancel}
        </Button>
      </Group>
      <ConfirmDialog
        opened={parks !== undefined}
        title={texts.parks.title}
        confirmLabel={texts.update}
        pending={saving.isSaving}
        onConfirm={() => parks?.confirm()}
        onClose={() => parks?.cancel()}
      >
        {texts.parks.description(parks?.count ?? 0)}
      </ConfirmDialog>
    </Stack>
  );
}
