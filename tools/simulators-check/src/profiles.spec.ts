import { describe, expect, it } from '@jest/globals';
import { ask } from './ask.js';
import { checkAnswer } from './check-answer.js';
import { checkProfile } from './check-profile.js';
import { toDescription } from './description.js';
import type { Profile } from './exchange.js';
import { withExchanges } from './exchanges.fixture.js';
import { bitbucketCloud } from './forges/bitbucket-cloud.js';
import { bitbucketDataCenter } from './forges/bitbucket-data-center.js';
import { gitea } from './forges/gitea.js';
import { githubCloud, githubEnterpriseServer } from './forges/github.js';
import { gitlabCom } from './forges/gitlab.js';
import { isObject } from './json.js';
import { profiles } from './profiles.js';

const nothing = toDescription({ openapi: '3.1.0', paths: {} }, 'an empty description');

/** An answer without a field, wherever it is. */
function without(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => without(name, each));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([field]) => field !== name);
  return Object.fromEntries(kept.map(([field, each]) => [field, without(name, each)]));
}

describe('the simulators', () => {
  it.each(profiles.filter(({ start }) => start !== undefined))(
    'answer as the rows of $name expect, and so that its adapter can read it, whatever is described',
    async (profile) => {
      const verdicts = await checkProfile(profile, nothing);
      expect(verdicts.length).toBeGreaterThan(0);
      expect(verdicts.filter(({ state }) => state !== 'not described')).toEqual([]);
    },
  );

  it.each<{ readonly profile: Profile; readonly fields: readonly string[] }>([
    {
      profile: githubCloud,
      fields: ['role_name', 'permissions', 'pushed_at', 'verifiable_password_authentication', 'interval'],
    },
    { profile: githubEnterpriseServer, fields: ['installed_version'] },
    {
      profile: gitlabCom,
      fields: [
        'empty_repo',
        'repository_access_level',
        'updated_at',
        'forked_from_project',
        'membership_state',
        'member_role',
        'bot',
        'version',
        'refresh_token',
      ],
    },
    {
      profile: bitbucketCloud,
      fields: ['html', 'is_primary', 'parent', 'mainbranch', 'next', 'clone', 'message'],
    },
    {
      profile: bitbucketDataCenter,
      fields: ['clone', 'name', 'origin', 'description', 'nextPageStart', 'public', 'expires_in'],
    },
    {
      profile: gitea,
      fields: [
        'permissions',
        'visibility',
        'units_map',
        'max_response_items',
        'login',
        'internal',
        'message',
      ],
    },
  ])(
    'of $profile.name fail when something that its adapter reads is nowhere',
    async ({ profile, fields }) => {
      const missed = await withExchanges(profile, async (exchanges) => {
        const found = new Set<string>();
        for (const exchange of exchanges.filter(({ reads }) => reads !== undefined)) {
          const answer = await ask(exchange);
          for (const field of fields) {
            const text = JSON.stringify(without(field, JSON.parse(answer.text)));
            const { faults } = checkAnswer(nothing, exchange, { ...answer, text });
            if (faults.some((fault) => fault.startsWith('lacks'))) found.add(field);
          }
        }
        return found;
      });
      expect([...missed].sort()).toEqual([...fields].sort());
    },
  );
});
