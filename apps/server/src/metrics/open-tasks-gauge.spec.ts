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
  let sleeping: { readonly ms: number; readonly wake: () => void }[];

  beforeEach(() => {
    registry = new Registry();
    now = 1_000_000;
    asked = 0;
    tasks = () => Promise.resolve([queued, running]);
    failures = [];
    sleeping = [];
    gaugeOpenTasks({
      registry,
      clock: {
        now: () => new Date(now),
        sleep: (ms, signal) =>
          new Promise((resolve, reject) => {
            sleeping.push({ ms, wake: resolve });
            signal?.addEventListener('abort', () => {
              reject(new Error('Aborted.'));
            });
          }),
      },
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

  it('has no value while the database is silent, which is asked once, and one again when it has spoken', async () => {
    let speak = (): void => undefined;
    tasks = () =>
      new Promise((resolve) => {
        speak = () => {
          resolve([running]);
        };
      });
    for (let time = 0; time < 3; time += 1) {
      const told = values();
      expect(sleeping.map(({ ms }) => ms)).toEqual([2_000]);
      for (const { wake } of sleeping.splice(0)) wake();
      expect(await told).toEqual([]);
      now += 60_000;
    }
    expect(asked).toBe(1);
    expect(failures).toEqual(
      Array(3).fill(new Error('The database has not answered for 2000 milliseconds.')),
    );
    const told = values();
    speak();
    expect(await told).toEqual(['anyforge_sync_tasks_open{type="gitlab",state="running"} 1']);
    const asking = values();
    speak();
    await asking;
    expect(asked).toBe(2);
  });
});
