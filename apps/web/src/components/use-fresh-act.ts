import { useEffect } from 'react';

/** Forgets why an act has failed once the dialog that asks for it is closed: it opens again as if nothing had been. */
export function useFreshAct(
  opened: boolean,
  { isError, reset }: { readonly isError: boolean; readonly reset: () => void },
): void {
  useEffect(() => {
    if (!opened && isError) reset();
  }, [opened, isError, reset]);
}
