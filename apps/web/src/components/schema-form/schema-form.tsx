import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ConfigValues } from './config-values.js';
import type { SchemaField } from './schema-fields.js';
import { SchemaFormField } from './schema-form-field.js';

/** What a field says besides its value. */
export interface SchemaFormState {
  readonly values: ConfigValues;
  readonly onChange: (path: string, value: unknown) => void;
  /** What is wrong with the value at a path. */
  readonly issueAt: (path: string) => string | undefined;
  /** The paths of secrets that are saved. */
  readonly secretsSet: readonly string[];
  /** The paths of secrets that have to be typed again. */
  readonly secretsToRetype: readonly string[];
  /** Whether nothing is said yet and all of it may be left out: then nothing is required. */
  readonly isLeftOut?: boolean;
}

export interface SchemaFormProps extends SchemaFormState {
  readonly fields: readonly SchemaField[];
}

/** Fields of a config, one below the other. */
export function SchemaForm({ fields, ...state }: SchemaFormProps): ReactNode {
  return (
    <Stack gap="md">
      {fields.map((field) => (
        <SchemaFormField key={field.path} field={field} {...state} />
      ))}
    </Stack>
  );
}
