import type { SignIn } from '@anyforge/client';
import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import type { TextsOf } from '../../texts/use-texts.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { webHost } from './web-host.js';

/** What the server says of a sign-in that came back from the forge without success, and what to do. */
export function SignInFailure({ error }: { readonly error: SignIn['error'] }): ReactNode {
  const texts = useTextsOf(connectionsTexts).signIn.failed;
  const repair = error?.repair;
  return (
    <Alert
      color="red"
      icon={<IconAlertCircle aria-hidden />}
      title={titleOf(error?.kind, texts)}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{error?.message ?? texts.unknown}</Text>
        {repair && <Text size="sm">{repair.text}</Text>}
        {repair?.url !== undefined && (
          <Anchor href={repair.url} target="_blank" rel="noreferrer" size="sm">
            {texts.repairAt(webHost(repair.url))}
          </Anchor>
        )}
      </Stack>
    </Alert>
  );
}

function titleOf(
  kind: string | undefined,
  { title, titles }: TextsOf<typeof connectionsTexts>['signIn']['failed'],
): string {
  const known: Readonly<Record<string, string>> = titles;
  return kind !== undefined && Object.hasOwn(known, kind) ? (known[kind] ?? title) : title;
}
