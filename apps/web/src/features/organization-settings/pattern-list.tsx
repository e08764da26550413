import { ActionIcon, Button, Group, Input, Stack, TextInput, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { organizationSettingsTexts } from '../../texts/organization-settings.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { moved } from './pattern-order.js';

export interface PatternListProps {
  readonly patterns: readonly string[];
  readonly onChange: (patterns: readonly string[]) => void;
  readonly issueAt: (index: number) => string | undefined;
}

/** Globs in order, to be typed, moved and removed; all of it by keyboard as well. */
export function PatternList({ patterns, onChange, issueAt }: PatternListProps): ReactNode {
  const { patterns: texts } = useTextsOf(organizationSettingsTexts);
  const id = useId();
  const [announced, setAnnounced] = useState('');
  const inputs = useRef(new Map<number, HTMLInputElement>());
  const add = useRef<HTMLButtonElement>(null);
  const toFocus = useRef<number>(undefined);
  useEffect(() => {
    const index = toFocus.current;
    if (index === undefined) return;
    toFocus.current = undefined;
    (inputs.current.get(index) ?? add.current)?.focus();
  }, [patterns]);

  const move = (from: number, to: number) => {
    if (to < 0 || to >= patterns.length) return;
    onChange(moved(patterns, from, to));
    setAnnounced(texts.moved(to + 1, patterns.length));
    toFocus.current = to;
  };
  return (
    <Stack gap="xs" role="group" aria-labelledby={id}>
      <div>
        <Input.Label labelElement="div" id={id}>
          {texts.title}
        </Input.Label>
        <Input.Description>{texts.description}</Input.Description>
      </div>
      {patterns.map((pattern, index) => (
        <Group key={index} gap={4} wrap="nowrap" align="flex-start">
          <TextInput
            ref={(input) => {
              if (input === null) inputs.current.delete(index);
              else inputs.current.set(index, input);
            }}
            flex={1}
            aria-label={texts.label(index + 1)}
            placeholder={texts.example}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={pattern}
            error={issueAt(index)}
            onChange={({ currentTarget }) => {
              onChange(
                patterns.map((former, position) => (position === index ? currentTarget.value : former)),
              );
            }}
            onKeyDown={(event) => {
              const step = stepOf(event);
              if (step === 0) return;
              event.preventDefault();
              move(index, index + step);
            }}
          />
          <ActionIcon
            variant="default"
            size={36}
            aria-label={texts.up(index + 1)}
            disabled={index === 0}
            onClick={() => {
              move(index, index - 1);
            }}
          >
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={texts.down(index + 1)}
            disabled={index === patterns.length - 1}
            onClick={() => {
              move(index, index + 1);
            }}
          >
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={texts.remove(index + 1)}
            onClick={() => {
              onChange(patterns.filter((_, position) => position !== index));
              toFocus.current = Math.min(index, patterns.length - 2);
            }}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Button
        ref={add}
        variant="default"
        size="xs"
        w="fit-content"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => {
          onChange([...patterns, '']);
          toFocus.current = patterns.length;
        }}
      >
        {texts.add}
      </Button>
      <VisuallyHidden aria-live="polite">{announced}</VisuallyHidden>
    </Stack>
  );
}

/** Alt with an arrow moves a pattern. */
function stepOf({ altKey, key }: KeyboardEvent): number {
  if (!altKey) return 0;
  return key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
}
