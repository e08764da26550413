import { ApiError, ApiUnreachable } from '@anyforge/client';
import { QueryClient } from '@tanstack/react-query';

const attempts = 2;

/** Whether to ask again by itself: what the server has refused it refuses again. */
export function isWorthAsking(failures: number, error: Error): boolean {
  if (error instanceof ApiError && error.status < 500) return false;
  return (error instanceof ApiError || error instanceof ApiUnreachable) && failures < attempts;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: isWorthAsking,
        staleTime: 15_000,
        // A server may be reached that is on this machine or in this house while the browser says that it is offline.
        networkMode: 'offlineFirst',
      },
      // Nothing is done later that one believes to be done, or has forgotten.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
