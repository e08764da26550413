import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../testing/test-clock.js';
import { gate } from '../testing/test-hub.js';
import { defaultPasswordHashing, PasswordHasher } from './password-hasher.js';

const cheap = { memoryCost: 8, timeCost: 1, concurrency: 2, queue: 3 };

describe('a password hasher', () => {
  const hasher = new PasswordHasher(cheap, new TestClock());

  it('makes argon2id hashes that only the password fits', async () => {
    const hash = await hasher.hash('correct horse battery');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/);
    expect(await hasher.verify(hash, 'correct horse battery')).toBe(true);
    expect(await hasher.verify(hash, 'correct horse batterY')).toBe(false);
    expect(await hasher.hash('correct horse battery')).not.toBe(hash);
  });

  it('asks for what OWASP recommends unless told otherwise', () => {
    expect(defaultPasswordHashing).toMatchObject({ memoryCost: 19 * 1024, timeCost: 2 });
  });

  it('takes the same letters for the same password, however a keyboard composes them', async () => {
    const hash = await hasher.hash('schönes Wetter heute');
    expect(await hasher.verify(hash, 'scho\u0308nes Wetter heute')).toBe(true);
  });

  it('fits nothing where there is no hash', async () => {
    expect(await hasher.verify(null, 'correct horse battery')).toBe(false);
  });

  it('tells a hash that was made with less than is asked for today', async () => {
    const hash = await hasher.hash('correct horse battery');
    expect(hasher.isOutdated(hash)).toBe(false);
    const dearer = new PasswordHasher({ ...cheap, timeCost: 2 }, new TestClock());
    expect(dearer.isOutdated(hash)).toBe(true);
    expect(dearer.isOutdated(await dearer.hash('correct horse battery'))).toBe(false);
  });

  it('hashes a bounded number at a time, lets a bounded number wait, and tells the others to come back', async () => {
    const clock = new TestClock();
    const release = gate();
    let running = 0;
    let most = 0;
    const bounded = new PasswordHasher(cheap, clock, {
      hash: async () => {
        running += 1;
        most = Math.max(most, running);
        await release.opened;
        running -= 1;
        return 'hash';
      },
      verify: () => Promise.resolve(true),
    });
    const accepted = Array.from({ length: 5 }, () => bounded.hash('x'));
    await expect(bounded.hash('x')).rejects.toMatchObject({
      kind: 'busy',
      status: 503,
      retryAt: new Date(clock.now().getTime() + 2_000),
    });
    release.open();
    expect(await Promise.all(accepted)).toHaveLength(5);
    expect(most).toBe(2);
    expect(await bounded.hash('x')).toBe('hash');
  });

  it('gives its place back when hashing fails', async () => {
    const failing = new PasswordHasher({ ...cheap, concurrency: 1, queue: 0 }, new TestClock(), {
      hash: () => Promise.reject(new Error('out of memory')),
      verify: () => Promise.resolve(true),
    });
    await expect(failing.hash('x')).rejects.toThrow('out of memory');
    await expect(failing.hash('x')).rejects.toThrow('out of memory');
  });
});
