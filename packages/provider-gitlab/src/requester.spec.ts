import { describe, expect, it } from '@jest/globals';
import type { ScriptedAnswer } from '@anyforge/provider-kit/testing';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { inspect } from 'node:util';
import { gitlabPlugin } from './index.js';

const json = { 'content-type': 'application/json' };

function setUp(answers: readonly ScriptedAnswer[]) {
  const clock = createFakeClock();
  const { fetch, requests } = createScriptedFetch(answers);
  const provider = gitlabPlugin.create({ baseUrl: 'https://acme.example/gitlab' }, { fetch, clock });
  const { gitbeaker } = provider.signIn({ kind: 'token', token: 'glpat-secret' });
  return { clock, requests, gitbeaker };
}

describe('Gitbeaker on our transport', () => {
  it('is sent below the path prefix, signed as a bearer', async () => {
    const { gitbeaker, requests } = setUp([{ body: { id: 7 } }]);
    expect(await gitbeaker.Projects.show('acme/api', { license: true })).toEqual({ id: 7 });
    expect(requests[0]?.url).toBe('https://acme.example/gitlab/api/v4/projects/acme%2Fapi?license=true');
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer glpat-secret');
    expect(requests[0]?.headers.get('private-token')).toBeNull();
  });

  it('sends bodies, and never twice', async () => {
    const { gitbeaker, requests, clock } = setUp([{ status: 502, body: 'no' }]);
    const created = clock.run(gitbeaker.Projects.create({ name: 'New', path: 'new' }));
    await expect(created).rejects.toMatchObject({ kind: 'unavailable' });
    expect(requests.map(({ method, body }) => [method, body])).toEqual([
      ['POST', JSON.stringify({ name: 'New', path: 'new' })],
    ]);
  });

  it('asks again what may be asked again', async () => {
    const { gitbeaker, requests, clock } = setUp([{ status: 502, body: 'no' }, { body: [{ id: 1 }] }]);
    expect(await clock.run(gitbeaker.Projects.all({ maxPages: 1 }))).toEqual([{ id: 1 }]);
    expect(requests).toHaveLength(2);
  });

  it('reads what is no JSON', async () => {
    const { gitbeaker } = setUp([
      { headers: { 'content-type': 'text/plain' }, body: 'line 1\n' },
      { status: 204 },
      { headers: { 'content-type': 'application/octet-stream' }, body: 'PK' },
    ]);
    expect(await gitbeaker.Jobs.showLog(1, 2)).toBe('line 1\n');
    await expect(gitbeaker.Projects.remove(1)).resolves.toBeNull();
    expect(await gitbeaker.Repositories.showArchive(1)).toBeInstanceOf(Blob);
  });

  it('throws our errors alone, without the request in them', async () => {
    const { gitbeaker } = setUp([{ headers: json, body: '{"id": 1' }]);
    const error: unknown = await gitbeaker.Projects.show(1).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'ProviderError', kind: 'invalid_response' });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('glpat-secret');
  });

  it('goes nowhere else', async () => {
    const { gitbeaker, requests } = setUp([]);
    const elsewhere = gitbeaker.Projects.requester.get('https://evil.example/api/v4/user');
    await expect(elsewhere).rejects.toMatchObject({ kind: 'invalid_request' });
    expect(requests).toEqual([]);
  });
});
