import { Fieldset, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { schemaFormTexts } from '../../texts/schema-form.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { readText, readValue } from './config-values.js';
import type { SchemaField } from './schema-fields.js';
import type { SchemaFormState } from './schema-form.js';
import { SecretField } from './secret-field.js';

export interface SchemaFormFieldProps extends SchemaFormState {
  readonly field: SchemaField;
}

/** One field, as its kind wants it. */
export function SchemaFormField({ field, ...state }: SchemaFormFieldProps): ReactNode {
  const { values, onChange, issueAt, secretsSet, secretsToRetype, isLeftOut = false } = state;
  const texts = useTextsOf(schemaFormTexts);
  const { path, title, description, required } = field;
  const common = {
    label: required ? title : texts.optional(title),
    description,
    error: issueAt(path),
    required: required && !isLeftOut,
  };
  switch (field.kind) {
    case 'text':
      return (
        <TextInput
          {...common}
          {...inputTypes[field.format]}
          placeholder={field.example}
          autoComplete="off"
          spellCheck={false}
          value={readText(values, path)}
          onChange={({ currentTarget }) => {
            onChange(path, currentTarget.value);
          }}
        />
      );
    case 'secret':
      return (
        <SecretField
          {...common}
          title={title}
          value={readValue(values, path)}
          isSet={secretsSet.includes(path)}
          isToRetype={secretsToRetype.includes(path)}
          onChange={(value) => {
            onChange(path, value);
          }}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          {...(field.minimum !== undefined && { min: field.minimum })}
          {...(field.maximum !== undefined && { max: field.maximum })}
          value={numberOrEmpty(readValue(values, path))}
          onChange={(value) => {
            onChange(path, value === '' ? undefined : value);
          }}
        />
      );
    case 'switch': {
      const value = readValue(values, path);
      return (
        <Switch
          {...common}
          label={title}
          required={false}
          checked={typeof value === 'boolean' ? value : field.initially}
          onChange={({ currentTarget }) => {
            onChange(path, currentTarget.checked);
          }}
        />
      );
    }
    case 'choice':
      return (
        <Select
          {...common}
          data={field.choices}
          value={readText(values, path) === '' ? null : readText(values, path)}
          clearable={!required}
          onChange={(value) => {
            onChange(path, value ?? undefined);
          }}
        />
      );
    case 'group':
      return (
        <Fieldset legend={title}>
          <Stack gap="md">
            {description !== undefined && <Text size="sm">{description}</Text>}
            {field.fields.map((member) => (
              <SchemaFormField key={member.path} field={member} {...state} />
            ))}
          </Stack>
        </Fieldset>
      );
    case 'unsupported':
      return (
        <Text size="sm" c="dimmed">
          {texts.unsupported(title)}
        </Text>
      );
  }
}

const inputTypes = {
  url: { type: 'url', inputMode: 'url' },
  email: { type: 'email', inputMode: 'email' },
  plain: { type: 'text' },
} as const;

function numberOrEmpty(value: unknown): number | string {
  return typeof value === 'number' ? value : '';
}
