import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { hubMetrics } from './hub-metrics.js';

const type = 'github';

async function linesAfter(
  work: (metrics: ReturnType<typeof hubMetrics>) => void,
): Promise<readonly string[]> {
  const registry = new Registry();
  work(hubMetrics(registry));
  const lines = (await registry.metrics()).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

describe('what the hub does, as metrics', () => {
  it.each([
    [200, '2xx'],
    [304, '304'],
    [302, '3xx'],
    [404, '4xx'],
    [429, '429'],
    [503, '5xx'],
    [0, 'none'],
  ])('counts a request with the status %d among %s', async (status, label) => {
    const lines = await linesAfter((metrics) => {
      metrics.requestMade({ providerType: type, status, durationMs: 60 });
    });
    expect(lines).toContain(`anyforge_forge_requests_total{type="github",status="${label}"} 1`);
    expect(lines).toContain('anyforge_forge_request_duration_seconds_sum{type="github"} 0.06');
  });

  it('tells times in seconds', async () => {
    const lines = await linesAfter((metrics) => {
      metrics.waitBegun({ providerType: type, by: 'task', forMs: 90_000 });
      metrics.waitBegun({ providerType: type, by: 'request', forMs: -5 });
      metrics.jobPickedUp({ lateMs: 1_500 });
      metrics.attemptEnded({ providerType: type, durationMs: 250 });
      metrics.taskEnded({ providerType: type, state: 'succeeded', durationMs: 4_000 });
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        'anyforge_forge_waiting_seconds_total{type="github",by="task"} 90',
        'anyforge_forge_waiting_seconds_total{type="github",by="request"} 0',
        'anyforge_sync_queue_lag_seconds_sum 1.5',
        'anyforge_sync_attempt_seconds_total{type="github"} 0.25',
        'anyforge_sync_task_duration_seconds_sum{type="github",state="succeeded"} 4',
        'anyforge_sync_tasks_ended_total{type="github",state="succeeded",kind=""} 1',
      ]),
    );
  });

  it('knows how many tasks run, how they and their syncs end, and why requests are made again', async () => {
    const lines = await linesAfter((metrics) => {
      metrics.attemptBegun({ providerType: type });
      metrics.attemptBegun({ providerType: type });
      metrics.attemptEnded({ providerType: type, durationMs: 1 });
      metrics.taskEnded({ providerType: type, state: 'failed', errorKind: 'forbidden', durationMs: 1 });
      metrics.syncEnded({ state: 'failed' });
      metrics.requestRetried({ providerType: type, reason: 'unavailable' });
      metrics.repositoriesStored({ providerType: type, count: 100 });
      metrics.repositoriesStored({ providerType: type, count: 30 });
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        'anyforge_sync_tasks_running{type="github"} 1',
        'anyforge_sync_tasks_ended_total{type="github",state="failed",kind="forbidden"} 1',
        'anyforge_syncs_ended_total{state="failed"} 1',
        'anyforge_forge_retries_total{type="github",kind="unavailable"} 1',
        'anyforge_sync_repositories_stored_total{type="github"} 130',
      ]),
    );
  });
});
