import { Anchor, Code, Group, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { TokenVariant } from './configuration-fields.js';
import { webHost } from './web-host.js';

/** Where one creates such a token, and what it has to be allowed to do. */
export function TokenLink({ variant }: { readonly variant: TokenVariant }): ReactNode {
  const texts = useTextsOf(connectionsTexts).configuration;
  return (
    <div>
      <Anchor href={variant.createUrl} target="_blank" rel="noreferrer" size="sm">
        <Group component="span" gap={4} display="inline-flex">
          {texts.createToken(webHost(variant.createUrl))}
          <IconExternalLink size={14} aria-hidden />
        </Group>
      </Anchor>
      {variant.scopes.length > 0 && (
        <Group gap={6} mt={4}>
          <Text size="sm">{texts.scopes}</Text>
          {variant.scopes.map((scope) => (
            <Code key={scope}>{scope}</Code>
          ))}
        </Group>
      )}
    </div>
  );
}
