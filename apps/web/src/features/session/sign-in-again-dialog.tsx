import type { ReactNode } from 'react';

export function SignInAgainDialog(): ReactNode {
  return null;
}
