import type { PasswordLink } from '@anyforge/client';
import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { RelativeTime } from '../../components/relative-time.js';
import { ShownOnce } from '../../components/shown-once.js';
import { peopleTexts } from '../../texts/people.js';
import { useTextsOf } from '../../texts/use-texts.js';

export interface PasswordLinkViewProps {
  readonly link: PasswordLink;
  readonly onClose: () => void;
}

/** A link to be handed to somebody, shown this once. */
export function PasswordLinkView({ link, onClose }: PasswordLinkViewProps): ReactNode {
  const { link: texts } = useTextsOf(peopleTexts);
  return (
    <Stack>
      <Text size="sm" role="status">
        {texts.description}
      </Text>
      <ShownOnce
        label={texts.label}
        value={link.url}
        description={
          <>
            {texts.ends} <RelativeTime at={link.expiresAt} ahead />.
          </>
        }
      />
      <Group justify="flex-end">
        <Button onClick={onClose}>{texts.done}</Button>
      </Group>
    </Stack>
  );
}
