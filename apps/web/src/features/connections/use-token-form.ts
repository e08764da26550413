import type { Connection, TokenHelp } from '@anyforge/client';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { connectionsTexts } from '../../texts/connections.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { ConfigurationValues, TokenVariant } from './configuration-fields.js';
import { firstUsername, usernameOf } from './configuration-fields.js';

/** What `TokenFields` shows. */
export interface TokenForm {
  readonly form: Pick<
    ReturnType<typeof useForm<ConfigurationValues>>,
    'key' | 'getInputProps' | 'onSubmit' | 'reset' | 'setErrors'
  >;
  /** The position of the kind of token among those that there are. */
  readonly chosen: number;
  readonly choose: (position: number) => void;
  readonly variant: TokenVariant | undefined;
  readonly asked: ReturnType<typeof usernameOf>;
  readonly usernameLabel: string;
}

/** @param connection mine, whose username is offered; null: there is none */
export function useTokenForm(help: TokenHelp, connection: Connection | null): TokenForm {
  const { configuration: texts } = useTextsOf(connectionsTexts);
  const [chosen, setChosen] = useState(0);
  const variant = help.variants[chosen];
  const asked = usernameOf(variant);
  const usernameLabel = variant?.usernameLabel ?? texts.username;
  const form = useForm<ConfigurationValues>({
    mode: 'uncontrolled',
    initialValues: { username: firstUsername(connection, asked), token: '' },
    validate: {
      token: (token) => (token.trim() === '' ? texts.required.token : null),
      username: (username) =>
        asked === 'required' && username.trim() === '' ? texts.required.username(usernameLabel) : null,
    },
  });
  const choose = (position: number) => {
    setChosen(position);
    form.clearErrors();
  };
  return { form, chosen, choose, variant, asked, usernameLabel };
}
