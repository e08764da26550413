import type { PasswordInputProps } from '@mantine/core';
import { PasswordInput } from '@mantine/core';
import type { ReactNode } from 'react';

/** A field for a secret, which also says to who can't see it that what is in it is refused. */
export function PasswordField(props: PasswordInputProps): ReactNode {
  const { error } = props;
  return <PasswordInput {...props} aria-invalid={error !== undefined && error !== null && error !== false} />;
}
