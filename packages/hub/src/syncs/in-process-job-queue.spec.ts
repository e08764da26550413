import { expect, it } from '@jest/globals';
import { noMeasurements } from '../measurements.js';
import { TestClock } from '../testing/test-clock.js';
import { gate, TestLogger } from '../testing/test-hub.js';
import { InProcessJobQueue } from './in-process-job-queue.js';

it('leaves no timer behind when it is closed', async () => {
  const clock = new TestClock();
  const queue = new InProcessJobQueue({
    clock,
    logger: new TestLogger(),
    measurements: noMeasurements,
    concurrency: 1,
  });
  queue.start(() => Promise.resolve());
  await queue.add('delayed', { notBefore: new Date(clock.now().getTime() + 1_000) });
  await queue.add('woken', { notBefore: new Date(clock.now().getTime() + 1_000) });
  await queue.add('woken');
  expect(clock.sleeping).toBe(1);
  await queue.close();
  expect(clock.sleeping).toBe(0);
});

it('tells how long each job was ready before it ran', async () => {
  const clock = new TestClock();
  const late: number[] = [];
  const held = gate();
  const second = gate();
  const queue = new InProcessJobQueue({
    clock,
    logger: new TestLogger(),
    measurements: { jobPickedUp: ({ lateMs }) => late.push(lateMs) },
    concurrency: 1,
  });
  queue.start(async (jobId) => {
    if (jobId === 'first') await held.opened;
    else second.open();
  });
  await queue.add('first');
  await queue.add('second');
  clock.advance(700);
  await queue.add('second');
  held.open();
  await second.opened;
  expect(late).toEqual([0, 700]);
  await queue.close();
});
