import { beforeEach, describe, expect, it } from '@jest/globals';
import type { OpenTasks } from '@anyforge/hub';
import { Registry } from 'prom-client';
import { gaugeOpenTasks } from './open-tasks-gauge.js';

const queued: OpenTasks = { providerType: 'github', state: 'queued', count: 3 };
const running: OpenTasks = { providerType: 'gitlab', state: 'running', count: 1 };

describe('the gauge of open tasks', () => {
  let registry: Registry;
  let now: number;
  let asked: number;
  let tasks: () => Promise<readonly OpenTasks[]>;
  let failures: unknown[];

  beforeEach(() => {
    registry = new Registry();
    now = 1_000_000;
    asked = 0;
    tasks = () => Promise.resolve([queued, running]);
    failures = [];
    gaugeOpenTasks({
      registry,
      clock: { now: () => new Date(now), sleep: () => Promise.resolve() },
      count: () => {
        asked += 1;
        return tasks();
      },
      onFailure: (error) => failures.push(error),
    });
  });

  const values = async () =>
    (await registry.metrics()).split('\n').filter((line) => line.startsWith('anyforge_sync_tasks_open{'));

  it('tells how many there are of each, and no more what is none any more', async () => {
    expect(await values()).toEqual([
      'anyforge_sync_tasks_open{type="github",state="queued"} 3',
      'anyforge_sync_tasks_open{type="gitlab",state="running"} 1',
    ]);
    tasks = () => Promise.resolve([running]);
    now += 5_000;
    expect(await values()).toEqual(['anyforge_sync_tasks_open{type="gitlab",state="running"} 1']);
  });

  it('asks the database once for many who ask in a short time', async () => {
    await Promise.all([values(), values(), values()]);
    now += 4_999;
    await values();
    expect(asked).toBe(1);
    now += 1;
    await values();
    expect(asked).toBe(2);
  });

  it('asks again when the clock was set back', async () => {
    await values();
    now -= 3_600_000;
    await values();
    expect(asked).toBe(2);
  });

  it('has no value while the database does not answer, and keeps nothing else from being told', async () => {
    await values();
    now += 5_000;
    tasks = () => Promise.reject(new Error('The database is gone.'));
    expect(await values()).toEqual([]);
    expect(failures).toEqual([new Error('The database is gone.')]);
  });
});
