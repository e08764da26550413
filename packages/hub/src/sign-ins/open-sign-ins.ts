import type { UpstreamRevocations } from '../connections/upstream-revocations.js';
import type { Resources } from '../resources.js';
import { DevicePoller } from './device-poller.js';
import { SignInCallback } from './sign-in-callback.js';
import type { SignInTargets } from './sign-in-keeper.js';
import { SignInKeeper } from './sign-in-keeper.js';
import { SignInRows } from './sign-in-rows.js';
import { SignInSweeper } from './sign-in-sweeper.js';
import { SignIns } from './sign-ins.js';

export interface SignInsOptions {
  readonly resources: Resources;
  readonly publicUrl: string;
  readonly targets: SignInTargets;
  readonly revocations: UpstreamRevocations;
}

/** The service and its parts. The sweeper is the caller's to start and to close. */
export function openSignIns({ resources, publicUrl, targets, revocations }: SignInsOptions): {
  readonly signIns: SignIns;
  readonly sweeper: SignInSweeper;
  readonly keeper: SignInKeeper;
} {
  const rows = new SignInRows(resources);
  const keeper = new SignInKeeper({ resources, rows, targets, revocations });
  const sweeper = new SignInSweeper(resources, rows, keeper);
  const poller = new DevicePoller(resources, rows, keeper);
  const callback = new SignInCallback({ resources, publicUrl, rows, keeper, sweeper });
  const signIns = new SignIns({ resources, publicUrl, targets, rows, keeper, poller, sweeper, callback });
  return { signIns, sweeper, keeper };
}
