import { describe, expect, it } from '@jest/globals';
import { checkProfile } from './check-profile.js';
import { toDescription } from './description.js';
import { profiles } from './profiles.js';

const nothing = toDescription({ openapi: '3.1.0', paths: {} }, 'an empty description');

describe('the simulators', () => {
  it.each(profiles.filter(({ start }) => start !== undefined))(
    'answer as the rows of $name expect, and so that its adapter can read it, whatever is described',
    async (profile) => {
      const verdicts = await checkProfile(profile, nothing);
      expect(verdicts.length).toBeGreaterThan(0);
      expect(verdicts.filter(({ state }) => state !== 'not described')).toEqual([]);
    },
  );
});
