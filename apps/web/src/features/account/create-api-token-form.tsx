import type { ApiToken } from '@anyforge/client';
import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { accountKeys } from '../../api/account.js';
import { fieldErrorsOf } from '../../api/field-errors.js';
import { useApi } from '../../api/use-api.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { accountTexts } from '../../texts/account.js';
import { useTexts, useTextsOf } from '../../texts/use-texts.js';

export interface CreateApiTokenFormProps {
  readonly onCreated: (token: string) => void;
  readonly onCancel: () => void;
}

type Scope = ApiToken['scopes'][number];

const scopes: readonly Scope[] = ['read', 'manage', 'git'];
const lifetimes = [30, 90, 180, 365];
const never = 'never';

interface Values {
  readonly name: string;
  readonly scopes: Scope[];
  readonly expiry: string;
}

const initialValues: Values = { name: '', scopes: ['read'], expiry: '90' };

/** What a new API token is called, what it may do, and for how long. */
export function CreateApiTokenForm({ onCreated, onCancel }: CreateApiTokenFormProps): ReactNode {
  const account = useTextsOf(accountTexts);
  const { common } = useTexts();
  const { apiTokens: texts } = account;
  const api = useApi();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues,
    validate: { scopes: (chosen) => (chosen.length === 0 ? texts.chooseScope : null) },
  });
  const create = useMutation({
    mutationFn: ({ name, scopes: chosen, expiry }: Values) =>
      api.POST('/api-tokens', {
        body: { name, scopes: chosen, expiresInDays: expiry === never ? null : Number(expiry) },
      }),
    // The secret in the answer is kept nowhere but in the dialog.
    gcTime: 0,
    onSuccess: async ({ token }) => {
      onCreated(token);
      await queryClient.invalidateQueries({ queryKey: accountKeys.apiTokens });
    },
  });
  const { at, rest } = fieldErrorsOf(create.error, ['name', 'scopes', 'expiresInDays'], {
    duplicate_name: 'name',
  });
  const submit = form.onSubmit((values) => {
    if (!create.isPending) create.mutate(values);
  });
  const scopeField = form.getInputProps('scopes');
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          data-autofocus
          label={texts.name}
          description={texts.nameHint}
          autoComplete="off"
          required
          withAsterisk={false}
          {...form.getInputProps('name')}
          error={at['name']}
        />
        <Checkbox.Group label={texts.scopes} {...scopeField} error={at['scopes'] ?? form.errors['scopes']}>
          <Stack gap="xs" mt={4}>
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} {...texts.scope[scope]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          label={texts.expiry}
          data={[
            ...lifetimes.map((days) => ({ value: String(days), label: texts.expiries.days(days) })),
            { value: never, label: texts.expiries.never },
          ]}
          {...form.getInputProps('expiry')}
          error={at['expiresInDays']}
        />
        <ProblemAlert error={rest} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {texts.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
