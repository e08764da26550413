import type { Hub } from '@anyforge/hub';

/** What every route needs: the hub, and for whom it acts. */
export interface RouteContext {
  readonly hub: Hub;
  /** Until people have accounts there is one person: whoever uses this machine. */
  readonly personId: string;
}
