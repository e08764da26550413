import { Anchor, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { schemaFormTexts } from '../../texts/schema-form.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { PasswordField } from '../password-field.js';

export interface SecretFieldProps {
  /** Of the field, with whatever tells that it may be left out. */
  readonly label: string;
  /** What the secret is called: `Client secret`. */
  readonly title: string;
  readonly description: string | undefined;
  readonly error: string | undefined;
  readonly required: boolean;
  /** Text, or null for one that is to be removed. */
  readonly value: unknown;
  readonly isSet: boolean;
  readonly isToRetype: boolean;
  readonly onChange: (value: string | null) => void;
}

/** A secret is only ever written: an empty field keeps what is saved. */
export function SecretField(props: SecretFieldProps): ReactNode {
  const { label, title, description, error, required, value, isSet, isToRetype, onChange } = props;
  const texts = useTextsOf(schemaFormTexts);
  const isRemoved = value === null;
  const typed = typeof value === 'string' ? value : '';
  const isKept = isSet && typed === '';
  const hint = isKept ? texts.secretIsSet : texts.secretNever;
  return (
    <Stack gap={4}>
      <PasswordField
        label={label}
        description={[description, hint].filter((words) => words !== undefined).join(' ')}
        error={error ?? (isToRetype && typed === '' ? texts.retype : undefined)}
        required={required && !isSet}
        placeholder={isRemoved ? texts.secretRemoved : isKept ? texts.secretKept : undefined}
        autoComplete="new-password"
        spellCheck={false}
        value={typed}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.value);
        }}
      />
      {isKept && !required && (
        <Group justify="flex-end">
          <Anchor
            component="button"
            type="button"
            size="sm"
            aria-label={isRemoved ? texts.keepSecret(title) : texts.removeSecret(title)}
            onClick={() => {
              onChange(isRemoved ? '' : null);
            }}
          >
            {isRemoved ? texts.keep : texts.remove}
          </Anchor>
        </Group>
      )}
    </Stack>
  );
}
