import type { ProviderType } from '@anyforge/client';
import { Group, Radio, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProviderLogo } from '../../components/provider-logo.js';
import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { EditorSection } from '../../components/editor-section.js';

export interface TypeSectionProps {
  readonly types: readonly ProviderType[];
  /** Null: none is chosen. */
  readonly chosen: string | null;
  readonly onChoose: (type: string) => void;
}

/** One card for each kind of forge that the server knows. */
export function TypeSection({ types, chosen, onChoose }: TypeSectionProps): ReactNode {
  const texts = useTextsOf(gitProviderEditorTexts);
  return (
    <EditorSection title={texts.section(1, texts.type.title)} description={texts.type.fixed}>
      <Radio.Group aria-label={texts.type.description} value={chosen} onChange={onChoose}>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
          {types.map(({ type, displayName, logo }) => (
            <Radio.Card key={type} value={type} p="md" radius="md">
              <Group wrap="nowrap" gap="sm">
                <ProviderLogo logo={logo} size={28} />
                <Text fw={500} flex={1}>
                  {displayName}
                </Text>
                <Radio.Indicator />
              </Group>
            </Radio.Card>
          ))}
        </SimpleGrid>
      </Radio.Group>
    </EditorSection>
  );
}
