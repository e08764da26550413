import type { TextInputProps } from '@mantine/core';
import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

/** A field for the name that somebody signs in with. */
export function UsernameField(props: TextInputProps): ReactNode {
  return <TextInput autoCapitalize="none" spellCheck={false} required withAsterisk={false} {...props} />;
}
