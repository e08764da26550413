import type { ListedGitProvider } from '@anyforge/client';
import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import { useRef, useState } from 'react';
import { useTexts } from '../../texts/use-texts.js';
import { pathAt, providerAt } from './provider-of-address.js';
import { readRepositoryAddress } from './repository-address.js';
import type { WhySearch } from './why-search.js';

interface WhyFormProps {
  readonly providers: readonly ListedGitProvider[];
  readonly initial: WhySearch;
  readonly asking: boolean;
  readonly onAsk: (question: { readonly path: string; readonly gitProvider: string }) => void;
}

/** Which repository is asked about. A whole address says itself on which git provider that is. */
export function WhyForm({ providers, initial, asking, onAsk }: WhyFormProps): ReactNode {
  const { why: texts } = useTexts().repositories;
  const [given, setGiven] = useState(initial.path ?? '');
  const [gitProvider, setGitProvider] = useState(initial.gitProvider ?? '');
  const [missing, setMissing] = useState<'path' | 'gitProvider'>();
  const pathInput = useRef<HTMLInputElement>(null);
  const providerInput = useRef<HTMLSelectElement>(null);

  const ask = (event: SubmitEvent): void => {
    event.preventDefault();
    const address = readRepositoryAddress(given);
    const provider = providers.find(({ id }) => id === gitProvider);
    const path = provider === undefined ? address.path : pathAt(provider, address);
    const lacks = path === '' ? 'path' : gitProvider === '' ? 'gitProvider' : undefined;
    setMissing(lacks);
    if (lacks === undefined) onAsk({ path, gitProvider });
    else (lacks === 'path' ? pathInput : providerInput).current?.focus();
  };
  const give = (text: string): void => {
    setGiven(text);
    const { host } = readRepositoryAddress(text);
    const there = host === undefined ? undefined : providerAt(providers, host);
    if (there !== undefined) setGitProvider(there.id);
  };

  return (
    <form onSubmit={ask} noValidate>
      <Stack gap="sm">
        <TextInput
          ref={pathInput}
          label={texts.path}
          placeholder={texts.pathPlaceholder}
          required
          value={given}
          maxLength={1000}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          error={missing === 'path' ? texts.pathMissing : undefined}
          onChange={(event) => {
            give(event.currentTarget.value);
          }}
        />
        <NativeSelect
          ref={providerInput}
          label={texts.gitProvider}
          required
          value={gitProvider}
          data={[
            { value: '', label: texts.chooseProvider },
            ...providers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          error={missing === 'gitProvider' ? texts.providerMissing : undefined}
          onChange={(event) => {
            setGitProvider(event.currentTarget.value);
          }}
        />
        <Group>
          <Button type="submit" loading={asking}>
            {texts.ask}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
