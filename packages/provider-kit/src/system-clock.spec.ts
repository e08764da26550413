import { describe, expect, it, jest } from '@jest/globals';
import { systemClock } from './system-clock.js';

describe('the system clock', () => {
  it('tells the time', () => {
    expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1_000);
  });

  it('sleeps', async () => {
    await expect(systemClock.sleep(1)).resolves.toBeUndefined();
  });

  it('rejects with the reason of the signal, before and during the sleep', async () => {
    await expect(systemClock.sleep(60_000, AbortSignal.abort('before'))).rejects.toBe('before');
    const controller = new AbortController();
    const sleep = systemClock.sleep(60_000, controller.signal);
    controller.abort('during');
    await expect(sleep).rejects.toBe('during');
  });

  it('sleeps for longer than one timer can', async () => {
    jest.useFakeTimers();
    try {
      const woken = jest.fn();
      void systemClock.sleep(2 ** 31 + 1_000).then(woken);
      await jest.advanceTimersByTimeAsync(2 ** 31 - 1);
      expect(woken).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(1_001);
      expect(woken).toHaveBeenCalled();
    } finally {
      jest.useRealTimers();
    }
  });
});
