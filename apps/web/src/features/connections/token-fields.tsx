import type { TokenHelp } from '@anyforge/client';
import { Radio, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';
import { TokenLink } from './token-link.js';
import type { TokenForm } from './use-token-form.js';
import { PasswordField } from '../../components/password-field.js';

export interface TokenFieldsProps {
  readonly help: TokenHelp;
  readonly tokenForm: TokenForm;
  readonly usernameHelp?: string | undefined;
  readonly tokenHelp?: string | undefined;
}

/** A token with, where it takes one, the username that belongs to it; and where one makes it. */
export function TokenFields({ help, tokenForm, usernameHelp, tokenHelp }: TokenFieldsProps): ReactNode {
  const { configuration: texts } = useTextsOf(connectionsTexts);
  const { form, chosen, choose, variant, asked, usernameLabel } = tokenForm;
  return (
    <>
      {help.variants.length > 1 && (
        <Radio.Group
          label={texts.kind}
          value={String(chosen)}
          onChange={(value) => {
            choose(Number(value));
          }}
        >
          <Stack gap={6} mt={4}>
            {help.variants.map(({ label }, index) => (
              <Radio key={label} value={String(index)} label={label} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {variant !== undefined && <TokenLink variant={variant} />}
      {asked !== 'none' && (
        <TextInput
          key={form.key('username')}
          {...form.getInputProps('username')}
          label={asked === 'optional' ? texts.optional(usernameLabel) : usernameLabel}
          description={asked === 'optional' ? usernameHelp : undefined}
          required={asked === 'required'}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
      <PasswordField
        key={form.key('token')}
        {...form.getInputProps('token')}
        label={texts.token}
        description={tokenHelp}
        required
        autoComplete="off"
      />
    </>
  );
}
