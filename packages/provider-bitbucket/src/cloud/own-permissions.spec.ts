import { createScriptedFetch } from '@anyforge/provider-kit/testing';
import { describe, expect, it } from '@jest/globals';
import { bitbucketPlugin } from './plugin.js';

describe('the question for the own permission on one repository', () => {
  it('quotes what ends a text in the language of queries', async () => {
    const uuid = '{3f2a61c4-8d1e-4b7f-8c02-0000000003e9}';
    const { fetch, requests } = createScriptedFetch([
      { status: 200, body: { uuid, full_name: 'acme/a"b\\c', is_private: true } },
      { status: 200, body: { values: [{ permission: 'write', repository: { uuid } }] } },
    ]);
    const session = bitbucketPlugin
      .create({ baseUrl: 'https://bitbucket.org' }, { fetch })
      .signIn({ kind: 'token', token: 'ATATT3', username: 'ada@example.com' });
    const { permission } = await session.repository({ id: uuid });
    expect(permission).toEqual({ level: 'write', native: 'write' });
    const question = new URL(requests[1]?.url ?? '').searchParams.get('q');
    expect(question).toBe('repository.full_name="acme/a\\"b\\\\c"');
  });
});
