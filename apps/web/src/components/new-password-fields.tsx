import type { ReactNode } from 'react';
import { useState } from 'react';
import type { NewPassword } from './new-password.js';
import { faultsOf } from './new-password.js';
import { PasswordField } from './password-field.js';

export interface NewPasswordFieldsProps {
  readonly texts: {
    readonly password: string;
    readonly hint: string;
    readonly short: string;
    readonly repeat: string;
    readonly mismatch: string;
  };
  readonly value: NewPassword;
  readonly onChange: (value: NewPassword) => void;
  /** Everything that is wrong is said, also of what was not touched yet. */
  readonly isRefused: boolean;
  /** What the server says of the password. */
  readonly error?: string | undefined;
}

/** A new password, typed twice: a slip of the finger would lock its owner out. */
export function NewPasswordFields(props: NewPasswordFieldsProps): ReactNode {
  const { texts, value, onChange, isRefused, error } = props;
  const [left, setLeft] = useState({ password: false, repeated: false });
  const { isShort, differs } = faultsOf(value);
  const isSaid = (field: keyof NewPassword) => isRefused || (left[field] && value[field] !== '');
  // Nobody has to type to the end what cannot become the same any more.
  const hasDiverged = value.repeated !== '' && !value.password.startsWith(value.repeated);
  return (
    <>
      <PasswordField
        label={texts.password}
        description={texts.hint}
        name="new-password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={value.password}
        error={isShort && isSaid('password') ? texts.short : error}
        onChange={({ currentTarget }) => {
          onChange({ ...value, password: currentTarget.value });
        }}
        onBlur={() => {
          setLeft((former) => ({ ...former, password: true }));
        }}
      />
      <PasswordField
        label={texts.repeat}
        name="repeated-password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={value.repeated}
        error={hasDiverged || (differs && isSaid('repeated')) ? texts.mismatch : undefined}
        onChange={({ currentTarget }) => {
          onChange({ ...value, repeated: currentTarget.value });
        }}
        onBlur={() => {
          setLeft((former) => ({ ...former, repeated: true }));
        }}
      />
    </>
  );
}
