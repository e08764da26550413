import { describe, expect, it } from '@jest/globals';
import type { LimitProfile } from '../transport/profile.js';
import { failureOf, profile, rest, setUp, user } from '../transport/transport.fixture.js';
import { budget, later, secondary } from './rate-limit.fixture.js';

describe('a call for which nobody waits', () => {
  it('takes a budget for used up of which a tenth is left, and leaves that to the others', async () => {
    const { transport, requests } = setUp([{ headers: budget(500, 3_600) }, {}]);
    await transport.fetch()(user);
    const failure = await failureOf(transport.fetch({ background: true })(user));
    expect(failure.kind).toBe('rate_limited');
    expect(failure.details.retryAt).toEqual(later(3_600_000));
    expect(failure.message).toContain('kept for what people do themselves');
    await transport.fetch()(user);
    expect(requests).toHaveLength(2);
  });

  it('goes out while more is left', async () => {
    const { transport, requests } = setUp([{ headers: budget(501, 3_600) }, {}]);
    await transport.fetch()(user);
    await transport.fetch({ background: true })(user);
    expect(requests).toHaveLength(2);
  });

  it('goes out after the reset, if it may wait for that', async () => {
    const { transport, clock } = setUp([{ headers: budget(12, 45) }, {}]);
    await transport.fetch()(user);
    await clock.run(transport.fetch({ background: true })(user));
    expect(clock.now()).toEqual(later(45_000));
  });

  it('counts those in flight, and follows as soon as one of them has cost nothing', async () => {
    const release: (() => void)[] = [];
    const { transport, requests } = setUp(async (_, index) => {
      if (index > 0) await new Promise<void>((resolve) => release.push(resolve));
      return { status: index === 0 ? 200 : 304, headers: budget(501, 3_600) };
    });
    const fetch = transport.fetch({ background: true });
    await fetch(user);
    const first = fetch(user);
    await rest();
    const second = fetch(user);
    await rest();
    expect(requests).toHaveLength(2);
    release[0]?.();
    await first;
    await rest();
    expect(requests).toHaveLength(3);
    release[1]?.();
    await second;
  });

  it('is told that nobody gets in where that is so', async () => {
    const { transport } = setUp([{ headers: budget(0, 3_600) }]);
    await transport.fetch()(user);
    const failure = await failureOf(transport.fetch({ background: true })(user));
    expect(failure.message).toContain('allows no more requests');
  });

  it('heeds a refusal like any other', async () => {
    const { transport, clock } = setUp([secondary, {}]);
    await clock.run(transport.fetch({ background: true })(user));
    expect(clock.now()).toEqual(later(60_000));
  });

  describe('at a limit that the forge does not tell', () => {
    const limits: LimitProfile = {
      pacing: [{ scope: 'points', limit: 100, windowMs: 60_000, per: 'credential', cost: () => 1 }],
      fallbackWaitMs: 60_000,
    };

    it('leaves a tenth of each window to the others', async () => {
      const { transport, clock, requests } = setUp(() => ({}), { profile: { ...profile, limits } });
      const background = Promise.all(
        Array.from({ length: 95 }, () => transport.fetch({ background: true })(user)),
      );
      await rest();
      expect(requests).toHaveLength(90);
      await Promise.all(Array.from({ length: 10 }, () => transport.fetch()(user)));
      expect(requests).toHaveLength(100);
      expect(clock.now()).toEqual(later(0));
      await clock.run(background);
      expect(requests).toHaveLength(105);
    });

    it('gets its turn though a request costs more than is not reserved', async () => {
      const dear = limits.pacing.map((rule) => ({ ...rule, limit: 9, cost: () => 5 }));
      const { transport, clock } = setUp(() => ({}), {
        profile: { ...profile, limits: { ...limits, pacing: dear } },
      });
      const fetch = transport.fetch({ background: true });
      await clock.run(Promise.all([fetch(user), fetch(user)]));
      expect(clock.now()).toEqual(later(60_000));
    });
  });
});
