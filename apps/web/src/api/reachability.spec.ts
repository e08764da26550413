import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Reachability } from './reachability.js';

function setUp() {
  let isUp = true;
  let isSilent = false;
  const asked: string[] = [];
  const returns: string[] = [];
  const reachability: Reachability = new Reachability({
    fetch: async ({ url, signal }) => {
      asked.push(new URL(url).pathname);
      if (isSilent) await aborted(signal);
      if (!isUp) throw new TypeError('Failed to fetch');
      return new Response('{}');
    },
    probe: ({ signal }) =>
      reachability.fetch(new Request('https://anyforge.example/api/v1/session', { signal })),
    onReturn: () => returns.push('returned'),
  });
  return {
    reachability,
    returns,
    probes: () => asked.filter((path) => path === '/api/v1/session').length,
    isSilent: () => {
      isSilent = true;
    },
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

/** As a request that nobody answers. @throws TypeError once it is aborted */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new TypeError('Failed to fetch'));
    });
  });
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

  it('is asked once at a time, and anew when there is no answer for long', async () => {
    const { reachability, probes, isSilent } = setUp();
    isSilent();
    reachability.lost();
    await jest.advanceTimersByTimeAsync(19_000);
    expect(probes()).toBe(1);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(probes()).toBe(2);
    expect(reachability.read()).toBe(false);
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
