import type { ConnectionRow } from '../store/schema.js';

export const expiryWarnings = ['none', '30-days', '7-days', '1-day', 'expired'] as const;

/** How near the end is: `30-days` says that it is less than 30 days and more than 7 away. */
export type ExpiryWarning = (typeof expiryWarnings)[number];

/** When a sign-in ends unless the person does something about it. */
export interface Expiry {
  readonly at: Date;
  readonly warning: ExpiryWarning;
}

const dayMs = 86_400_000;
const steps: readonly { readonly leftMs: number; readonly warning: ExpiryWarning }[] = [
  { leftMs: 0, warning: 'expired' },
  { leftMs: dayMs, warning: '1-day' },
  { leftMs: 7 * dayMs, warning: '7-days' },
  { leftMs: 30 * dayMs, warning: '30-days' },
];

/** Undefined: it does not end by itself, it is kept alive, or nobody knows. */
export function expiryOf(
  row: Pick<ConnectionRow, 'kind' | 'expires_at' | 'ends_at' | 'keep_alive_at'>,
  now: Date,
): Expiry | undefined {
  const at = row.kind === 'token' ? row.expires_at : row.keep_alive_at === null ? row.ends_at : null;
  if (at === null) return undefined;
  const leftMs = at - now.getTime();
  return { at: new Date(at), warning: steps.find((step) => leftMs <= step.leftMs)?.warning ?? 'none' };
}
