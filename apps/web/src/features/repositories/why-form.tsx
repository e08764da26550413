import type { ListedGitProvider } from '@anyforge/client';
import { Button, Group, Loader, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { ReactNode, SubmitEvent } from 'react';
import { useRef, useState } from 'react';
import { useTextsOf } from '../../texts/use-texts.js';
import { whyTexts } from '../../texts/why.js';
import { pathAt, providerAt } from './provider-of-address.js';
import { readRepositoryAddress } from './repository-address.js';
import type { WhySearch } from './why-search.js';

interface WhyFormProps {
  readonly providers: readonly ListedGitProvider[];
  /** What was asked, which the form shows. */
  readonly question: WhySearch;
  /** The git provider that is chosen until somebody chooses. */
  readonly suggestion: string | undefined;
  readonly asking: boolean;
  readonly onAsk: (question: { readonly path: string; readonly gitProvider: string }) => void;
}

/** Which repository is asked about. A whole address says itself on which git provider that is. */
export function WhyForm({ providers, question, suggestion, asking, onAsk }: WhyFormProps): ReactNode {
  const texts = useTextsOf(whyTexts);
  const [shown, setShown] = useState(question);
  const [given, setGiven] = useState(question.path ?? '');
  const [gitProvider, setGitProvider] = useState(question.gitProvider ?? suggestion ?? '');
  const [missing, setMissing] = useState<'path' | 'gitProvider'>();
  if (question.path !== shown.path || question.gitProvider !== shown.gitProvider) {
    // Another question fills the form anew, in which whoever has asked keeps the focus.
    setShown(question);
    setGiven(question.path ?? '');
    setGitProvider(question.gitProvider ?? suggestion ?? '');
    setMissing(undefined);
  }
  const pathInput = useRef<HTMLInputElement>(null);
  const providerInput = useRef<HTMLSelectElement>(null);

  const ask = (event: SubmitEvent): void => {
    event.preventDefault();
    if (asking) return;
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
          {/* Not disabled meanwhile: that would take the focus from it. */}
          <Button
            type="submit"
            aria-busy={asking}
            rightSection={asking ? <Loader size={16} color="currentColor" aria-hidden /> : undefined}
          >
            {texts.ask}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
