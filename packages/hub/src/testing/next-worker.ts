import { Worker } from 'node:worker_threads';
import { jest } from '@jest/globals';

/** Lets a test get hold of the first thread that is sent a message from now on. */
export function nextWorker(): () => Worker {
  const sent = jest.spyOn(Worker.prototype, 'postMessage');
  return () => {
    const worker: unknown = sent.mock.contexts[0];
    sent.mockRestore();
    if (worker instanceof Worker) return worker;
    throw new Error('No thread was sent a message.');
  };
}
