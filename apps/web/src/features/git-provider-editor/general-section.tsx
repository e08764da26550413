import { Anchor, Group, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProviderLogo } from '../../components/provider-logo.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { AddressFields } from './address-fields.js';
import { EditorSection } from '../../components/editor-section.js';
import type { Editor } from './use-editor.js';

export interface GeneralSectionProps {
  readonly title: string;
  readonly editor: Editor;
}

/** The name of the git provider, and where it is. */
export function GeneralSection({ title, editor }: GeneralSectionProps): ReactNode {
  const { general, type: typeTexts } = useTextsOf(gitProviderEditorTexts);
  const { type, gitProvider, values, change, issueAt } = editor;
  return (
    <EditorSection title={title}>
      {gitProvider !== undefined && (
        <Stack gap={4}>
          <Text size="sm" fw={500}>
            {general.type}
          </Text>
          <Group gap="xs">
            <ProviderLogo logo={type.logo} size={24} />
            <Text>{type.displayName}</Text>
            <Anchor size="sm" href={type.documentationUrl} target="_blank" rel="noreferrer">
              {typeTexts.documentation(type.displayName)}
            </Anchor>
          </Group>
        </Stack>
      )}
      <TextInput
        label={general.name}
        description={general.nameDescription}
        required
        autoComplete="off"
        value={values.name}
        error={issueAt('name')}
        onChange={({ currentTarget }) => {
          change({ name: currentTarget.value });
        }}
      />
      <AddressFields key={editor.base.version} editor={editor} />
    </EditorSection>
  );
}
