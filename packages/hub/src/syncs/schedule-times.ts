import { createHash } from 'node:crypto';
import { errorPolicies } from '@anyforge/core';
import type { ScheduledConnection } from './scheduled-connections.js';

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
const fewestAtOnce = 5;
/** How far the clocks of processes may be apart. */
const agreeingMs = minuteMs;

/** What the schedule does about a connection whose time has come. */
export interface ScheduleDecision {
  readonly starts: boolean;
  /** When it is looked at again, in epoch milliseconds. */
  readonly nextAt: number;
}

/**
 * The first time of a connection by a new schedule. Those that have waited for longer than the interval, and would all
 * begin at once, are spread over the next one.
 */
export function firstTime(
  connection: Pick<ScheduledConnection, 'id' | 'lastAt'>,
  everyMinutes: number,
  now: number,
): number {
  const { id } = connection;
  const lastAt = known(connection.lastAt, now);
  const due = lastAt === undefined ? now : after(lastAt, everyMinutes, id);
  return due > now ? due : now + Math.floor(everyMinutes * minuteMs * placeOf(id));
}

/** Decides about a connection whose time has come. */
export function decide(connection: ScheduledConnection, everyMinutes: number, now: number): ScheduleDecision {
  const { id, isSyncing, needsAttention } = connection;
  const lastAt = known(connection.lastAt, now);
  if (isSyncing || needsAttention) return { starts: false, nextAt: after(now, everyMinutes, id) };
  // What the forge refuses, it refuses again: until somebody has done something about it, once a day is enough.
  const minutes = hasFailedForGood(connection) ? Math.max(everyMinutes, dayMinutes) : everyMinutes;
  if (lastAt !== undefined && lastAt + minutes * minuteMs > now) {
    return { starts: false, nextAt: after(lastAt, minutes, id) };
  }
  return { starts: true, nextAt: after(now, everyMinutes, id) };
}

/**
 * The latest time that a connection is given now. One that has a later one has it from a clock that was ahead, and is due.
 * With time to spare for clocks that do not quite agree.
 */
export function latestTime(everyMinutes: number, now: number): number {
  return now + Math.max(everyMinutes, dayMinutes) * minuteMs * 1.1 + agreeingMs;
}

/**
 * How many syncs of a git provider a round of a minute may start: twice what falls to it when all are spread evenly. So
 * those that are late together, because no server ran, take half an interval to catch up.
 */
export function startedAtMost(connections: number, everyMinutes: number): number {
  return Math.max(fewestAtOnce, Math.ceil((2 * connections) / everyMinutes));
}

/** What is yet to come was told by a clock that was ahead: when it really was is not known. */
function known(lastAt: number | undefined, now: number): number | undefined {
  return lastAt !== undefined && lastAt <= now + agreeingMs ? lastAt : undefined;
}

/** Up to a tenth of the interval later, so that those that were synchronized together do not stay together. */
function after(time: number, minutes: number, id: string): number {
  return time + Math.floor(minutes * minuteMs * (1 + placeOf(id) / 10));
}

/** Where a connection stands among all others, from 0 to below 1: always the same, and as if by chance. */
function placeOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt32BE() / 2 ** 32;
}

function hasFailedForGood({ lastTask }: ScheduledConnection): boolean {
  if (lastTask?.state === 'interrupted') return true;
  const kind = lastTask?.error_kind ?? 'internal';
  return lastTask?.state === 'failed' && kind !== 'internal' && !errorPolicies[kind].retryable;
}
