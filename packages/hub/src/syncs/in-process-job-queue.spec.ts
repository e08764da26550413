import { expect, it } from '@jest/globals';
import { TestClock } from '../testing/test-clock.js';
import { TestLogger } from '../testing/test-hub.js';
import { InProcessJobQueue } from './in-process-job-queue.js';

it('leaves no timer behind when it is closed', async () => {
  const clock = new TestClock();
  const queue = new InProcessJobQueue({ clock, logger: new TestLogger(), concurrency: 1 });
  queue.start(() => Promise.resolve());
  await queue.add('delayed', { notBefore: new Date(clock.now().getTime() + 1_000) });
  await queue.add('woken', { notBefore: new Date(clock.now().getTime() + 1_000) });
  await queue.add('woken');
  expect(clock.sleeping).toBe(1);
  await queue.close();
  expect(clock.sleeping).toBe(0);
});
