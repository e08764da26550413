import { Button, Checkbox, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { EditorBase } from './editor-base.js';
import { changedSettings, keepChosen } from './merge-values.js';
import { useSettingTitle } from './use-setting-title.js';
import type { Editor } from './use-editor.js';

export interface UnknownChangesProps {
  readonly editor: Editor;
  readonly theirs: EditorBase;
  readonly onSettled: () => void;
}

/** Nobody can tell what was typed and what was changed elsewhere: so one says what stays as it is on this page. */
export function UnknownChanges({ editor, theirs, onSettled }: UnknownChangesProps): ReactNode {
  const { conflict: texts } = useTextsOf(gitProviderEditorTexts);
  const titleOf = useSettingTitle();
  const { fields, values, rebase } = editor;
  const [kept, setKept] = useState<string[]>([]);
  return (
    <Stack gap="sm">
      <Checkbox.Group label={texts.differences} description={texts.choose} value={kept} onChange={setKept}>
        <Stack gap="xs" mt="xs">
          {changedSettings(fields, theirs.values, values).map((setting) => (
            <Checkbox key={setting.key} value={setting.key} label={titleOf(setting)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Group gap="sm">
        <Button
          size="xs"
          onClick={() => {
            rebase(theirs, keepChosen(fields, { mine: values, theirs: theirs.values }, kept));
            onSettled();
          }}
        >
          {kept.length === 0 ? texts.discard : texts.keepChosen}
        </Button>
      </Group>
    </Stack>
  );
}
