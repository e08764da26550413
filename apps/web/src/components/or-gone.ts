import { ApiError } from '@anyforge/client';

/** An act that takes something away, for which it is as well that it is gone already. */
export async function orGone(act: Promise<unknown>): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}
