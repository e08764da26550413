import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';

export interface CheckedForm {
  readonly form: RefObject<HTMLFormElement | null>;
  /** Whether sending it was tried in vain: from then on each field says what it lacks. */
  readonly isRefused: boolean;
  /** It was sent with something wrong in it. */
  readonly refuse: () => void;
  /** It begins anew. */
  readonly reset: () => void;
}

/**
 * A form whose fields say what is wrong with them, and whose button can always be pressed. The first field that is wrong
 * takes the focus, whoever found it: the page before it was sent, or the server.
 *
 * @param error what the server said
 */
export function useCheckedForm(error: unknown): CheckedForm {
  const form = useRef<HTMLFormElement>(null);
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (refusals > 0 || error !== null)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals, error]);
  return {
    form,
    isRefused: refusals > 0,
    refuse: () => {
      setRefusals((times) => times + 1);
    },
    reset: () => {
      setRefusals(0);
    },
  };
}
