import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Reachability } from './reachability.js';

function setUp() {
  let isUp = true;
  const returns: string[] = [];
  const reachability: Reachability = new Reachability({
    fetch: async () => {
      if (!isUp) throw new TypeError('Failed to fetch');
      return new Response('{}');
    },
    probe: () => reachability.fetch(new Request('https://anyforge.example/api/v1/session')),
    onReturn: () => returns.push('returned'),
  });
  return {
    reachability,
    returns,
    ask: (signal?: AbortSignal) =>
      reachability.fetch(new Request('https://anyforge.example/api/v1/repositories', signal && { signal })),
    goes: () => {
      isUp = false;
    },
    comes: () => {
      isUp = true;
    },
  };
}

describe('Whether the server can be reached', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is known from any request that gets no answer', async () => {
    const { reachability, ask, goes } = setUp();
    await ask();
    expect(reachability.read()).toBe(true);
    goes();
    await expect(ask()).rejects.toThrow('Failed to fetch');
    expect(reachability.read()).toBe(false);
  });

  it('is looked for until it can, and then everything goes on', async () => {
    const { reachability, returns, ask, goes, comes } = setUp();
    goes();
    await expect(ask()).rejects.toThrow('Failed to fetch');
    await jest.advanceTimersByTimeAsync(20_000);
    expect({ isReachable: reachability.read(), returns }).toEqual({ isReachable: false, returns: [] });
    comes();
    await jest.advanceTimersByTimeAsync(5_000);
    expect({ isReachable: reachability.read(), returns }).toEqual({
      isReachable: true,
      returns: ['returned'],
    });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is not doubted because somebody has gone before the answer', async () => {
    const { reachability, ask, goes } = setUp();
    goes();
    const leaving = new AbortController();
    leaving.abort();
    await expect(ask(leaving.signal)).rejects.toThrow('Failed to fetch');
    expect(reachability.read()).toBe(true);
  });

  it('is told to whoever watches', async () => {
    const { reachability } = setUp();
    const told: boolean[] = [];
    const end = reachability.subscribe(() => told.push(reachability.read()));
    reachability.lost();
    reachability.lost();
    await jest.advanceTimersByTimeAsync(5_000);
    end();
    expect(told).toEqual([false, true]);
  });
});
