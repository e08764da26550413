import type { OrganizationSettingsPreview } from '@anyforge/client';
import { Code, List, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { organizationSettingsTexts } from '../../texts/organization-settings.js';
import { useTextsOf } from '../../texts/use-texts.js';

/** Some of my own repositories that would be kept, and some that would be hidden. */
export function PreviewSamples({
  samples: { kept, hidden },
}: {
  readonly samples: OrganizationSettingsPreview['samples'];
}): ReactNode {
  const { preview: texts } = useTextsOf(organizationSettingsTexts);
  if (kept.length === 0 && hidden.length === 0) return null;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {kept.length > 0 && <Samples title={texts.samplesKept} paths={kept} />}
      {hidden.length > 0 && <Samples title={texts.samplesHidden} paths={hidden} />}
    </SimpleGrid>
  );
}

function Samples({ title, paths }: { readonly title: string; readonly paths: readonly string[] }): ReactNode {
  const id = useId();
  return (
    <div>
      <Text size="xs" c="dimmed" id={id}>
        {title}
      </Text>
      <List listStyleType="none" aria-labelledby={id} size="sm">
        {paths.map((path) => (
          <List.Item key={path}>
            <Code style={{ overflowWrap: 'anywhere' }}>{path}</Code>
          </List.Item>
        ))}
      </List>
    </div>
  );
}
