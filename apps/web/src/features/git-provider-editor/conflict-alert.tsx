import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { lastChangeQuery } from '../../api/audit-events.js';
import { useApi } from '../../api/use-api.js';
import { RelativeTime } from '../../components/relative-time.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { changedSettings, mergeValues } from './merge-values.js';
import type { UnknownChangesProps } from './unknown-changes.js';
import { UnknownChanges } from './unknown-changes.js';
import type { Editor } from './use-editor.js';
import type { Saving } from './use-save.js';
import { useSettingTitle } from './use-setting-title.js';

export interface ConflictAlertProps {
  readonly editor: Editor;
  readonly conflict: NonNullable<Saving['conflict']>;
}

/** Somebody else was quicker: who, and with what. Nothing that was typed is lost unless one wants it so. */
export function ConflictAlert({ editor, conflict: { theirs, settle } }: ConflictAlertProps): ReactNode {
  const { conflict: texts } = useTextsOf(gitProviderEditorTexts);
  const { base, gitProvider } = editor;
  const { data: lastChange } = useQuery(
    lastChangeQuery(useApi(), gitProvider?.id ?? '', theirs.version ?? 0),
  );
  const username = lastChange?.person?.username;
  return (
    <Alert color="yellow" icon={<IconUsers aria-hidden />} title={texts.title} role="alert">
      <Stack gap="sm">
        {lastChange && (
          <Text size="sm">
            {username === undefined ? texts.nobody : texts.who(username)} <RelativeTime at={lastChange.at} />.
          </Text>
        )}
        {base.isKnown ? (
          <KnownChanges editor={editor} theirs={theirs} onSettled={settle} />
        ) : (
          <UnknownChanges editor={editor} theirs={theirs} onSettled={settle} />
        )}
      </Stack>
    </Alert>
  );
}

/** What they saved, which goes together with what was typed here. */
function KnownChanges({ editor, theirs, onSettled }: UnknownChangesProps): ReactNode {
  const { conflict: texts } = useTextsOf(gitProviderEditorTexts);
  const titleOf = useSettingTitle();
  const { fields, base, values, rebase } = editor;
  const changed = changedSettings(fields, base.values, theirs.values);
  return (
    <>
      <Text size="sm">{changed.length === 0 ? texts.nothing : texts.changed}</Text>
      {changed.length > 0 && (
        <List size="sm">
          {changed.map((setting) => (
            <List.Item key={setting.key}>{titleOf(setting)}</List.Item>
          ))}
        </List>
      )}
      <Group gap="sm">
        <Button
          size="xs"
          onClick={() => {
            rebase(theirs, mergeValues(fields, { base: base.values, mine: values, theirs: theirs.values }));
            onSettled();
          }}
        >
          {texts.merge}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            rebase(theirs, theirs.values);
            onSettled();
          }}
        >
          {texts.discard}
        </Button>
      </Group>
    </>
  );
}
