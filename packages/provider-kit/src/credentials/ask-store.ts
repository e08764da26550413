import type { Clock } from '@anyforge/core';
import { withinMs } from '../within-ms.js';
import { storeFailed } from './renewal-errors.js';

const storePatienceMs = 5_000;

/** Puts a question to a store, which may be slow or hang. @throws ProviderError */
export async function askStore<T>(
  { clock, provider }: { readonly clock: Clock; readonly provider: string },
  question: () => Promise<T>,
): Promise<T> {
  try {
    // A store that throws rather than rejects is caught as well.
    return await withinMs(clock, storePatienceMs, question(), {
      late: () => {
        throw new Error(`The store did not answer for ${storePatienceMs} ms.`);
      },
    });
  } catch (error) {
    throw storeFailed(provider, error);
  }
}
