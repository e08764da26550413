import { ApiError } from '@anyforge/client';

/** Whether what an address names is not there: gone, or an id that nothing can have. */
export function isNotThere(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.code === 'invalid_input');
}
