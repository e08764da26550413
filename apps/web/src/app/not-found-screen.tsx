import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts.js';
import { WayBack } from './way-back.js';

/** There is no screen at this address. */
export function NotFoundScreen(): ReactNode {
  return <WayBack {...useTexts().shell.notFound} />;
}
