import { SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { SchemaForm } from '../../components/schema-form/schema-form.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { EditorSection } from '../../components/editor-section.js';
import { hasOAuth } from './editor-values.js';
import { OAuthHelpPanel } from './oauth-help-panel.js';
import { schemaStateOf } from './schema-state.js';
import type { Editor } from './use-editor.js';

export interface OAuthSectionProps {
  readonly title: string;
  readonly editor: Editor;
}

/** The application through which people sign in, beside how one registers it. */
export function OAuthSection({ title, editor }: OAuthSectionProps): ReactNode {
  const { oauth } = useTextsOf(gitProviderEditorTexts);
  const group = editor.fields.find(({ path }) => path === 'oauth');
  if (!editor.type.oauth || group?.kind !== 'group') {
    return (
      <EditorSection title={title}>
        <Text size="sm">{oauth.none}</Text>
      </EditorSection>
    );
  }
  return (
    <EditorSection title={title} description={oauth.description}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack gap="md">
          <SchemaForm
            fields={group.fields}
            {...schemaStateOf(editor)}
            isLeftOut={!group.required && !hasOAuth(editor.fields, editor.values)}
          />
          <Text size="sm" c="dimmed">
            {oauth.leaveOut}
          </Text>
        </Stack>
        <OAuthHelpPanel editor={editor} />
      </SimpleGrid>
    </EditorSection>
  );
}
