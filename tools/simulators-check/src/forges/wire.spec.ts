import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import * as bitbucketCloudWire from '../../../../packages/provider-bitbucket/src/cloud/wire.js';
import * as bitbucketDataCenterWire from '../../../../packages/provider-bitbucket/src/data-center/wire.js';
import * as giteaWire from '../../../../packages/provider-gitea/src/wire.js';
import * as githubWire from '../../../../packages/provider-github/src/wire.js';
import * as gitlabWire from '../../../../packages/provider-gitlab/src/wire.js';
import type { Profile } from '../exchange.js';
import { withExchanges } from '../exchanges.fixture.js';
import { bitbucketCloud } from './bitbucket-cloud.js';
import { bitbucketDataCenter } from './bitbucket-data-center.js';
import { gitea } from './gitea.js';
import { githubCloud } from './github.js';
import { gitlabCom } from './gitlab.js';

/** A schema and those that it is made of. */
function partsOf(schema: unknown): readonly unknown[] {
  if (schema instanceof z.ZodArray) return [schema, ...partsOf(schema.element)];
  if (schema instanceof z.ZodObject) return [schema, ...Object.values(schema.shape).flatMap(partsOf)];
  return [schema];
}

describe('the rows', () => {
  it.each<readonly [string, Profile, Readonly<Record<string, unknown>>]>([
    ['GitHub', githubCloud, githubWire],
    ['GitLab', gitlabCom, gitlabWire],
    ['Bitbucket Cloud', bitbucketCloud, bitbucketCloudWire],
    ['Bitbucket Data Center', bitbucketDataCenter, bitbucketDataCenterWire],
    ['Gitea', gitea, giteaWire],
  ])('of %s read with every schema that its adapter has', async (_forge, profile, wire) => {
    const used = await withExchanges(
      profile,
      (exchanges) => new Set(exchanges.flatMap(({ reads }) => [reads ?? []].flat().flatMap(partsOf))),
    );
    const schemas = Object.entries(wire).filter(([, each]) => each instanceof z.ZodType);
    expect(schemas.length).toBeGreaterThan(0);
    expect(schemas.filter(([, schema]) => !used.has(schema)).map(([name]) => name)).toEqual([]);
  });
});
