import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestResources } from '../testing/test-store.js';
import { ChoreClaims } from './chore-claims.js';

const minuteMs = 60_000;
const everyMs = 60 * minuteMs;

describe('the claim of a chore', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;
  let claims: ChoreClaims;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    claims = new ChoreClaims(resources);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const claim = () => claims.claim('chore', everyMs);

  it('is kept for as long as its process says that it is at it', async () => {
    const kept = await claim();
    for (let minute = 0; minute < 10; minute += 1) {
      resources.clock.advance(minuteMs);
      expect(await kept?.keep()).toBe(true);
    }
    resources.clock.advance(2 * minuteMs - 1);
    expect(await claim()).toBeUndefined();
    resources.clock.advance(1);
    expect(await claim()).toBeDefined();
  });

  it('is neither kept nor given back by whoever has lost it', async () => {
    const lost = await claim();
    resources.clock.advance(2 * minuteMs);
    expect(await claim()).toBeDefined();
    expect(await lost?.keep()).toBe(false);
    await lost?.release(0);
    expect(await claim()).toBeUndefined();
  });

  it('does not wait for a time that a clock has set which was ahead', async () => {
    const done = await claim();
    await done?.release(everyMs);
    resources.clock.advance(-24 * 60 * minuteMs);
    const again = await claim();
    expect(again).toBeDefined();
    // Its process has died.
    resources.clock.advance(-24 * 60 * minuteMs);
    expect(await claim()).toBeDefined();
  });
});
