import { Radio, Select, Stack, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { EditorSection } from '../../components/editor-section.js';
import type { Editor } from './use-editor.js';

const intervals = [15, 60, 360, 720, 1440, 10_080] as const;
const firstInterval = 1440;

/** What people see while a sync runs, and whether syncs begin by themselves. */
export function SynchronizationSection({ editor }: { readonly editor: Editor }): ReactNode {
  const { synchronization: texts } = useTextsOf(gitProviderEditorTexts);
  const { values, change, issueAt } = editor;
  const { syncPolicy, schedule } = values;
  const usual = intervals.map((minutes) => ({ value: String(minutes), label: texts.intervals[minutes] }));
  const minutes = schedule?.everyMinutes;
  const isUsual = usual.some(({ value }) => value === String(minutes));
  const data =
    minutes === undefined || isUsual
      ? usual
      : [...usual, { value: String(minutes), label: texts.otherInterval(minutes) }];
  return (
    <EditorSection title={texts.title}>
      <Radio.Group
        label={texts.policy}
        value={syncPolicy}
        onChange={(value) => {
          if (isPolicy(value)) change({ syncPolicy: value });
        }}
      >
        <Stack gap="sm" mt="xs">
          {policies.map((policy) => (
            <Radio key={policy} value={policy} {...texts.policies[policy]} />
          ))}
        </Stack>
      </Radio.Group>
      <Switch
        label={texts.schedule}
        description={texts.scheduleDescription}
        checked={schedule !== null}
        onChange={({ currentTarget }) => {
          change({ schedule: currentTarget.checked ? { everyMinutes: firstInterval } : null });
        }}
      />
      {minutes !== undefined && (
        <Select
          label={texts.every}
          data={data}
          allowDeselect={false}
          value={String(minutes)}
          error={issueAt('schedule.everyMinutes')}
          maw={240}
          onChange={(value) => {
            if (value !== null) change({ schedule: { everyMinutes: Number(value) } });
          }}
        />
      )}
    </EditorSection>
  );
}

const policies = ['staged', 'revoke-first'] as const;

function isPolicy(value: string): value is (typeof policies)[number] {
  return policies.some((policy) => policy === value);
}
