import type { StoredCredential } from './credential-store.js';

/**
 * Whether a credential should be renewed before it is used for `validForMs`. Never in the first half of its life: a
 * longer time than the forge gives would otherwise have it renewed at every use.
 */
export function isDue({ credential, since }: StoredCredential, validForMs: number, now: Date): boolean {
  const { expiresAt, refreshToken } = credential;
  if (expiresAt === undefined || refreshToken === undefined) return false;
  const halfLifeMs = since === undefined ? Infinity : (expiresAt.getTime() - since.getTime()) / 2;
  return leftMs(expiresAt, now) <= Math.max(0, Math.min(validForMs, halfLifeMs));
}

/** Whether the forge should still take it, as far as is known. */
export function isAlive({ credential: { expiresAt } }: StoredCredential, now: Date): boolean {
  return expiresAt !== undefined && leftMs(expiresAt, now) > 0;
}

function leftMs(expiresAt: Date, now: Date): number {
  return expiresAt.getTime() - now.getTime();
}
