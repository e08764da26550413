import { createRouter } from '@tanstack/react-router';
import type { PageContext } from './page-context.js';
import { FailedScreen } from './failed-screen.js';
import { NotFoundScreen } from './not-found-screen.js';
import { PendingScreen } from './pending-screen.js';
import { routeTree } from './routes.js';

/** @param basepath of the page's address, which differs from server to server */
export function createPageRouter(context: PageContext, basepath: string) {
  return createRouter({
    routeTree,
    context,
    basepath,
    defaultPreload: 'intent',
    // Only code is loaded ahead; what it shows is asked for, and kept, by queries.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 200,
    scrollRestoration: true,
    defaultPendingComponent: PendingScreen,
    defaultErrorComponent: FailedScreen,
    defaultNotFoundComponent: NotFoundScreen,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPageRouter>;
  }
  interface StaticDataRouteOption {
    /** For whom a screen is; when absent for everybody who is signed in. */
    audience?: 'anybody' | 'administrators';
  }
}
