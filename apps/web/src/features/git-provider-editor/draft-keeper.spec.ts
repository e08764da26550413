import type { GitProviderDraft } from '@anyforge/client';
import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../../components/schema-form/schema-fields.js';
import { forgeSchema } from '../../components/schema-form/schema.fixture.js';
import type { Drafts } from './draft-keeper.js';
import { DraftKeeper } from './draft-keeper.js';
import type { EditorValues } from './editor-values.js';

const values: EditorValues = {
  name: 'Work',
  config: { baseUrl: 'https://git.example.com', oauth: { clientId: 'abc', clientSecret: 'typed' } },
  organizations: [],
  patterns: [],
  syncPolicy: 'staged',
  schedule: null,
};
const withoutSecret = {
  ...values,
  config: { ...values.config, oauth: { clientId: 'abc', clientSecret: '' } },
};

function draftOf(id: string): GitProviderDraft {
  return {
    id,
    type: 'forge',
    gitProviderId: 'g1',
    redirectUrl: 'https://anyforge.example.com/oauth/callback',
    ...values,
    secretsSet: [],
    secretsToRetype: [],
    revision: 1,
    signIn: null,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    expiresAt: '2026-01-01T02:00:00Z',
  };
}

function keeperOf({ gitProviderId, gone = [] }: { gitProviderId?: string; gone?: readonly string[] } = {}) {
  const asked: unknown[] = [];
  let begun = 0;
  let refused = false;
  const drafts: Drafts = {
    create: async ({ values: sent }) => {
      if (refused) {
        refused = false;
        throw new Error('The server cannot be reached.');
      }
      begun += 1;
      asked.push(['create', sent?.config]);
      return draftOf(`d${begun}`);
    },
    update: async (id, { config }) => {
      asked.push(['update', id, config]);
      return gone.includes(id) ? undefined : draftOf(id);
    },
    abandon: async (id) => {
      asked.push(['abandon', id]);
    },
  };
  const kept: string[] = [];
  const keeper = new DraftKeeper({
    drafts,
    type: 'forge',
    gitProviderId,
    fields: fieldsOf(forgeSchema),
    onKept: ({ id }) => kept.push(id),
  });
  const refuse = () => {
    refused = true;
  };
  return { keeper, asked, kept, refuse };
}

const base = { baseUrl: 'https://git.example.com' };
const secrets = { secrets: true };

describe('what is typed', () => {
  it('is kept in one draft, begun once however fast it is typed', async () => {
    const { keeper, asked, kept } = keeperOf();
    await Promise.all([keeper.keep(values, { secrets: false }), keeper.keep(values, secrets)]);
    expect(asked).toEqual([
      ['create', { ...base, oauth: { clientId: 'abc' } }],
      ['update', 'd1', values.config],
    ]);
    expect(kept).toEqual(['d1', 'd1']);
  });

  it('is kept in another draft when the former one was forgotten', async () => {
    const { keeper } = keeperOf({ gone: ['d1'] });
    await keeper.keep(values, secrets);
    await expect(keeper.keep(values, secrets)).resolves.toMatchObject({ id: 'd2' });
    expect(keeper.draftId).toBe('d2');
  });

  it('loses a secret again that was given and then emptied, where none is stored', async () => {
    const { keeper, asked } = keeperOf();
    await keeper.keep(values, secrets);
    await keeper.keep(withoutSecret, secrets);
    expect(asked.at(-1)).toEqual([
      'update',
      'd1',
      { ...base, oauth: { clientId: 'abc', clientSecret: null } },
    ]);
  });

  it('comes back to the stored secret when one was given and then emptied', async () => {
    const { keeper, asked } = keeperOf({ gitProviderId: 'g1' });
    await keeper.keep(values, secrets);
    await keeper.keep(withoutSecret, secrets);
    expect(asked.slice(1)).toEqual([
      ['create', { ...base, oauth: { clientId: 'abc' } }],
      ['abandon', 'd1'],
    ]);
    expect(keeper.draftId).toBe('d2');
  });

  it('is forgotten with the draft, once', async () => {
    const { keeper, asked } = keeperOf();
    await keeper.abandon();
    await keeper.keep(values, secrets);
    await Promise.all([keeper.abandon(), keeper.abandon()]);
    expect(asked.slice(1)).toEqual([['abandon', 'd1']]);
  });

  it('is kept the next time when it could not be kept now', async () => {
    const { keeper, refuse } = keeperOf();
    refuse();
    await expect(keeper.keep(values, secrets)).rejects.toThrow('cannot be reached');
    await expect(keeper.keep(values, secrets)).resolves.toMatchObject({ id: 'd1' });
  });
});
