import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { useHotkeys, useOs } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useRef } from 'react';
import { repositoriesTexts } from '../../texts/repositories.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { useTypedText } from './use-typed-text.js';

interface SearchFieldProps {
  /** What is searched for now. */
  readonly applied: string;
  readonly onChange: (search: string) => void;
  /** Whoever presses the arrow down wants to go into the list. */
  readonly onLeave: () => void;
}

/** Quick enough to feel immediate, slow enough not to ask for each letter. */
const pauseMs = 200;

/** Searches as one types. Two keys together lead here; a single letter would be pressed by dictation. */
export function SearchField({ applied, onChange, onLeave }: SearchFieldProps): ReactNode {
  const texts = useTextsOf(repositoriesTexts);
  const input = useRef<HTMLInputElement>(null);
  const { text, type, flush } = useTypedText(applied, onChange, pauseMs);
  const clear = (): void => {
    type('');
    flush();
    input.current?.focus();
  };
  useHotkeys([['mod+K', () => input.current?.focus()]]);
  const keys = useOs() === 'macos' ? '⌘ K' : 'Ctrl K';
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') flush();
    if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      clear();
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      flush();
      onLeave();
    }
  };
  return (
    <TextInput
      ref={input}
      aria-label={texts.searchLabel}
      aria-keyshortcuts="Control+K Meta+K"
      placeholder={texts.searchPlaceholder}
      leftSection={<IconSearch size={18} aria-hidden />}
      rightSectionWidth={text === '' ? 64 : undefined}
      rightSection={
        text === '' ? (
          <Kbd aria-hidden size="xs" title={texts.searchShortcut(keys)} visibleFrom="sm">
            {keys}
          </Kbd>
        ) : (
          <CloseButton aria-label={texts.clearSearch} size="sm" onClick={clear} />
        )
      }
      value={text}
      maxLength={500}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => {
        type(event.currentTarget.value);
      }}
      onKeyDown={onKeyDown}
    />
  );
}
