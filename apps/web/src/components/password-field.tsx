import type { PasswordInputProps } from '@mantine/core';
import { PasswordInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts.js';

export interface PasswordFieldProps extends Omit<PasswordInputProps, 'label' | 'aria-invalid'> {
  readonly label: string;
}

/** A field for a secret, which also says to who can't see it that what is in it is refused. */
export function PasswordField({ label, error, ...props }: PasswordFieldProps): ReactNode {
  const { common } = useTexts();
  return (
    <PasswordInput
      {...props}
      label={label}
      error={error}
      aria-invalid={error !== undefined && error !== null && error !== false}
      visibilityToggleButtonProps={{ 'aria-label': common.showTyped(label) }}
    />
  );
}
