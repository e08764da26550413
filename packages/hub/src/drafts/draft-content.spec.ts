import { describe, expect, it } from '@jest/globals';
import { FakeForge } from '../testing/fake-forge.js';
import type { DraftContent } from './draft-content.js';
import { completeConfig, emptyContent, withValues } from './draft-content.js';
import { settingsOf } from './draft-settings.js';

const { plugin } = new FakeForge();
const here = 'https://forge.test';
const elsewhere = 'https://elsewhere.test';

function typed(former: DraftContent, config: object): DraftContent {
  return withValues(plugin, former, { name: 'Forge', config });
}

describe('the secrets of a draft', () => {
  const first = typed(emptyContent, {
    baseUrl: here,
    oauth: { clientId: 'client', clientSecret: 'canary-first' },
  });

  it('stand apart from what is shown', () => {
    expect(first.config).toEqual({ baseUrl: here, oauth: { clientId: 'client' } });
    expect(completeConfig(plugin, first)).toEqual({
      config: { baseUrl: here, oauth: { clientId: 'client', clientSecret: 'canary-first' } },
      secretsSet: ['oauth.clientSecret'],
      secretsToRetype: [],
    });
  });

  it.each([
    ['absent', {}],
    ['empty', { clientSecret: '' }],
  ])('stay as they are when they are %s', (_, secret) => {
    const next = typed(first, { baseUrl: `${here}/`, oauth: { clientId: 'client', ...secret } });
    expect(completeConfig(plugin, next)).toMatchObject({
      config: { oauth: { clientSecret: 'canary-first' } },
      secretsToRetype: [],
    });
  });

  it('are removed by null', () => {
    const next = typed(first, { baseUrl: here, oauth: { clientId: 'client', clientSecret: null } });
    expect(completeConfig(plugin, next)).toEqual({
      config: { baseUrl: here, oauth: { clientId: 'client' } },
      secretsSet: [],
      secretsToRetype: [],
    });
  });

  it('go with the object that they stand in', () => {
    const without = typed(first, { baseUrl: here });
    expect(completeConfig(plugin, without).config).toEqual({ baseUrl: here });
    expect(JSON.stringify(without)).not.toContain('canary');
  });

  it.each([
    ['another address', { baseUrl: elsewhere, oauth: { clientId: 'client' } }],
    ['another client', { baseUrl: here, oauth: { clientId: 'other' } }],
  ])('are not used with %s, and have to be typed again', (_, config) => {
    const next = typed(first, config);
    expect(completeConfig(plugin, next)).toEqual({
      config,
      secretsSet: [],
      secretsToRetype: ['oauth.clientSecret'],
    });
  });

  it('are good again when what they were given for is typed again', () => {
    const away = typed(first, { baseUrl: elsewhere, oauth: { clientId: 'client' } });
    const back = typed(away, { baseUrl: here, oauth: { clientId: 'client' } });
    expect(completeConfig(plugin, back)).toMatchObject({
      config: { oauth: { clientSecret: 'canary-first' } },
      secretsToRetype: [],
    });
  });

  it('are replaced by those that are typed for another address, for good', () => {
    const away = typed(first, {
      baseUrl: elsewhere,
      oauth: { clientId: 'client', clientSecret: 'canary-second' },
    });
    expect(completeConfig(plugin, away)).toMatchObject({
      config: { oauth: { clientSecret: 'canary-second' } },
      secretsToRetype: [],
    });
    const back = typed(away, { baseUrl: here, oauth: { clientId: 'client' } });
    expect(completeConfig(plugin, back).secretsToRetype).toEqual(['oauth.clientSecret']);
    expect(JSON.stringify(back)).not.toContain('canary-first');
  });
});

describe('the values of a draft', () => {
  it('need not be complete: what is missing is told', () => {
    expect(settingsOf(plugin, emptyContent)).toEqual({
      issues: [{ path: 'config.baseUrl', message: 'Give the address of the forge.' }],
      oauthIssues: [],
      laterIssues: [{ path: 'name', message: 'Give it a name.' }],
      secretsSet: [],
      secretsToRetype: [],
      config: undefined,
    });
  });

  it('are usable without an OAuth application whose secret has to be typed again', () => {
    const given = { baseUrl: here, oauth: { clientId: 'client', clientSecret: 'canary' } };
    const moved = typed(typed(emptyContent, given), { baseUrl: elsewhere, oauth: { clientId: 'client' } });
    expect(settingsOf(plugin, moved)).toMatchObject({
      issues: [],
      oauthIssues: [{ path: 'config.oauth.clientSecret', message: expect.stringContaining('Type it again') }],
      config: { baseUrl: elsewhere },
    });
    expect(settingsOf(plugin, moved).config).not.toHaveProperty('oauth');
  });
});
