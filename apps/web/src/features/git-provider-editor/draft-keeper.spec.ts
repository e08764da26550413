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
  const parts = {
    drafts,
    type: 'forge',
    gitProviderId,
    fields: fieldsOf(forgeSchema),
    onKept: ({ id }: GitProviderDraft) => kept.push(id),
  };
  const keeper = new DraftKeeper(parts);
  const goOn = (id: string) => new DraftKeeper({ ...parts, former: { id, values: withoutSecret } });
  const refuse = () => {
    refused = true;
  };
  return { keeper, goOn, asked, kept, refuse };
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
    const { keeper, asked } = keeperOf({ gone: ['d1'] });
    await keeper.keep(values, secrets);
    await expect(keeper.keep(values, secrets)).resolves.toMatchObject({ id: 'd2' });
    await keeper.keep(values, secrets);
    expect(asked.at(-1)).toEqual(['update', 'd2', values.config]);
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
    await keeper.abandon();
    expect(asked.at(-1)).toEqual(['abandon', 'd2']);
  });

  it('is forgotten with the draft, once', async () => {
    const { keeper, asked } = keeperOf();
    await keeper.abandon();
    await keeper.keep(values, secrets);
    await Promise.all([keeper.abandon(), keeper.abandon()]);
    expect(asked.slice(1)).toEqual([['abandon', 'd1']]);
  });

  it('is known to be kept, without its secrets or with them', async () => {
    const { keeper } = keeperOf();
    expect(keeper.holds(values, { secrets: false })).toBe(false);
    await keeper.keep(values, { secrets: false });
    expect(keeper.holds(values, { secrets: false })).toBe(true);
    expect(keeper.holds(values, secrets)).toBe(false);
    await keeper.keep(values, secrets);
    expect(keeper.holds(values, secrets)).toBe(true);
    expect(keeper.holds({ ...values, name: 'Other' }, { secrets: false })).toBe(false);
  });

  it('is handed over whole, and begun anew afterwards', async () => {
    const { keeper, asked } = keeperOf();
    await expect(keeper.handOver(values, async ({ id }) => `saved ${id}`)).resolves.toBe('saved d1');
    expect(asked).toEqual([['create', values.config]]);
    await keeper.keep(values, secrets);
    expect(asked.at(-1)).toEqual(['create', values.config]);
  });

  it('says that it is being handed over, until it was taken or refused', async () => {
    const { keeper } = keeperOf();
    expect(keeper.isHandingOver).toBe(false);
    const taken = keeper.handOver(values, async () => undefined);
    expect(keeper.isHandingOver).toBe(true);
    await taken;
    expect(keeper.isHandingOver).toBe(false);
    await expect(keeper.handOver(values, () => Promise.reject(new Error('refused')))).rejects.toThrow();
    expect(keeper.isHandingOver).toBe(false);
  });

  it('stays the draft that it was when nobody takes it', async () => {
    const { keeper, asked } = keeperOf();
    await expect(keeper.handOver(values, () => Promise.reject(new Error('refused')))).rejects.toThrow(
      'refused',
    );
    await keeper.keep(values, secrets);
    expect(asked.at(-1)).toEqual(['update', 'd1', values.config]);
  });

  it('goes on in the draft that it was kept in before', async () => {
    const { asked, goOn } = keeperOf();
    const keeper = goOn('d7');
    expect(keeper.holds(withoutSecret, secrets)).toBe(true);
    await keeper.keep(values, secrets);
    expect(asked).toEqual([['update', 'd7', values.config]]);
  });

  it('is kept the next time when it could not be kept now', async () => {
    const { keeper, refuse } = keeperOf();
    refuse();
    await expect(keeper.keep(values, secrets)).rejects.toThrow('cannot be reached');
    await expect(keeper.keep(values, secrets)).resolves.toMatchObject({ id: 'd1' });
  });
});
