import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { lastChangeQuery } from '../../api/audit-events.js';
import { useApi } from '../../api/use-api.js';
import { RelativeTime } from '../../components/relative-time.js';
import { useTexts } from '../../texts/use-texts.js';
import { changedSettings, mergeValues } from './merge-values.js';
import type { Editor } from './use-editor.js';
import type { Saving } from './use-save.js';

export interface ConflictAlertProps {
  readonly editor: Editor;
  readonly conflict: NonNullable<Saving['conflict']>;
}

/** Somebody else was quicker: who, and with what. Nothing that was typed is lost unless one wants it so. */
export function ConflictAlert({ editor, conflict: { theirs, settle } }: ConflictAlertProps): ReactNode {
  const { conflict: texts } = useTexts().gitProviderEditor;
  const { fields, base, values, gitProvider, rebase } = editor;
  const { data: lastChange } = useQuery(
    lastChangeQuery(useApi(), gitProvider?.id ?? '', theirs.version ?? 0),
  );
  const changed = changedSettings(fields, base.values, theirs.values);
  const username = lastChange?.person?.username;
  return (
    <Alert color="yellow" icon={<IconUsers aria-hidden />} title={texts.title} role="alert">
      <Stack gap="sm">
        {lastChange && (
          <Text size="sm">
            {username === undefined ? texts.nobody : texts.who(username)} <RelativeTime at={lastChange.at} />.
          </Text>
        )}
        <Text size="sm">{changed.length === 0 ? texts.nothing : texts.changed}</Text>
        {changed.length > 0 && (
          <List size="sm">
            {changed.map((setting) => {
              const title = typeof setting === 'string' ? texts.settings[setting] : setting.title;
              return <List.Item key={title}>{title}</List.Item>;
            })}
          </List>
        )}
        <Group gap="sm">
          <Button
            size="xs"
            onClick={() => {
              rebase(theirs, mergeValues(fields, { base: base.values, mine: values, theirs: theirs.values }));
              settle();
            }}
          >
            {texts.merge}
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              rebase(theirs, theirs.values);
              settle();
            }}
          >
            {texts.discard}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
