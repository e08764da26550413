import type { Measurements } from '@anyforge/hub';
import type { Registry } from 'prom-client';
import { Counter, Gauge, Histogram } from 'prom-client';

const requestSeconds = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const taskSeconds = [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600];
const lagSeconds = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** What the hub tells, as metrics. Labels have few values: types of forges, kinds and states. */
export function hubMetrics(registry: Registry): Measurements {
  const registers = [registry];
  const requests = new Counter({
    name: 'anyforge_forge_requests_total',
    help: 'Requests to forges, by the status of the answer: 304 and 429 by themselves, others by class, "none" without an answer.',
    labelNames: ['type', 'status'],
    registers,
  });
  const requestDuration = new Histogram({
    name: 'anyforge_forge_request_duration_seconds',
    help: 'How long requests to forges took, until the whole answer was there.',
    labelNames: ['type'],
    buckets: requestSeconds,
    registers,
  });
  const retries = new Counter({
    name: 'anyforge_forge_retries_total',
    help: 'Requests to forges that were made again, by the kind of failure.',
    labelNames: ['type', 'kind'],
    registers,
  });
  const waiting = new Counter({
    name: 'anyforge_forge_waiting_seconds_total',
    help: 'Seconds for which forges have let us wait: requests, and sync tasks that gave their worker back.',
    labelNames: ['type', 'by'],
    registers,
  });
  const lag = new Histogram({
    name: 'anyforge_sync_queue_lag_seconds',
    help: 'How long sync tasks that were ready have waited for a worker.',
    buckets: lagSeconds,
    registers,
  });
  const running = new Gauge({
    name: 'anyforge_sync_tasks_running',
    help: 'Sync tasks that this process runs now.',
    labelNames: ['type'],
    registers,
  });
  const busy = new Counter({
    name: 'anyforge_sync_attempt_seconds_total',
    help: 'Seconds that workers of this process have spent on sync tasks.',
    labelNames: ['type'],
    registers,
  });
  const ended = new Counter({
    name: 'anyforge_sync_tasks_ended_total',
    help: 'Sync tasks that have ended, by state, and by the kind of failure.',
    labelNames: ['type', 'state', 'kind'],
    registers,
  });
  const taskDuration = new Histogram({
    name: 'anyforge_sync_task_duration_seconds',
    help: 'How long sync tasks took from when they were first taken up, waiting included.',
    labelNames: ['type', 'state'],
    buckets: taskSeconds,
    registers,
  });
  const syncs = new Counter({
    name: 'anyforge_syncs_ended_total',
    help: 'Syncs that have ended, by state.',
    labelNames: ['state'],
    registers,
  });
  const stored = new Counter({
    name: 'anyforge_sync_repositories_stored_total',
    help: 'Repositories that syncs have listed and stored.',
    labelNames: ['type'],
    registers,
  });
  return {
    requestMade: ({ providerType: type, status, durationMs }) => {
      requests.inc({ type, status: classOf(status) });
      requestDuration.observe({ type }, durationMs / 1_000);
    },
    requestRetried: ({ providerType: type, reason }) => {
      retries.inc({ type, kind: reason });
    },
    waitBegun: ({ providerType: type, by, forMs }) => {
      waiting.inc({ type, by }, Math.max(forMs, 0) / 1_000);
    },
    jobPickedUp: ({ lateMs }) => {
      lag.observe(Math.max(lateMs, 0) / 1_000);
    },
    attemptBegun: ({ providerType: type }) => {
      running.inc({ type });
    },
    attemptEnded: ({ providerType: type, durationMs }) => {
      running.dec({ type });
      busy.inc({ type }, Math.max(durationMs, 0) / 1_000);
    },
    taskEnded: ({ providerType: type, state, errorKind: kind = '', durationMs }) => {
      ended.inc({ type, state, kind });
      taskDuration.observe({ type, state }, Math.max(durationMs, 0) / 1_000);
    },
    syncEnded: ({ state }) => {
      syncs.inc({ state });
    },
    repositoriesStored: ({ providerType: type, count }) => {
      stored.inc({ type }, count);
    },
  };
}

const ownClass: ReadonlySet<number> = new Set([304, 429]);

function classOf(status: number): string {
  if (status < 100) return 'none';
  return ownClass.has(status) ? String(status) : `${String(Math.floor(status / 100))}xx`;
}
