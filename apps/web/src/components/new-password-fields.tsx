import type { ReactNode } from 'react';
import { PasswordField } from './password-field.js';

export interface NewPasswordFieldsProps {
  readonly texts: {
    readonly password: string;
    readonly hint: string;
    readonly repeat: string;
    readonly mismatch: string;
  };
  readonly value: NewPassword;
  readonly onChange: (value: NewPassword) => void;
  /** What the server says of the password. */
  readonly error?: string | undefined;
}

export interface NewPassword {
  readonly password: string;
  readonly repeated: string;
}

export const noPassword: NewPassword = { password: '', repeated: '' };

/** Whether both are the same. */
export function isRepeated({ password, repeated }: NewPassword): boolean {
  return password !== '' && password === repeated;
}

/** A new password, typed twice: a slip of the finger would lock its owner out. */
export function NewPasswordFields({ texts, value, onChange, error }: NewPasswordFieldsProps): ReactNode {
  const differs = value.repeated !== '' && !value.password.startsWith(value.repeated);
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
        error={error}
        onChange={({ currentTarget }) => {
          onChange({ ...value, password: currentTarget.value });
        }}
      />
      <PasswordField
        label={texts.repeat}
        name="repeated-password"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={value.repeated}
        error={differs ? texts.mismatch : undefined}
        onChange={({ currentTarget }) => {
          onChange({ ...value, repeated: currentTarget.value });
        }}
      />
    </>
  );
}
