import { describe, expect, it } from '@jest/globals';
import { createWorld, startGitlabSimulator } from '@anyforge/forge-simulator';
import { createScriptedFetch } from '@anyforge/provider-kit/testing';
import { gitlabPlugin } from './index.js';

const baseUrl = 'https://git.acme.example';
const meta = { 'x-gitlab-meta': '{"correlation_id":"01J","version":"1"}' };

function probing(answer: {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}) {
  const { fetch, requests } = createScriptedFetch(() => answer);
  return { requests, probe: gitlabPlugin.create({ baseUrl }, { fetch }).probe() };
}

describe('probing an address', () => {
  it('recognizes GitLab below a path, without a credential and without its version', async () => {
    const gitlab = await startGitlabSimulator({
      world: createWorld(),
      profile: 'self-managed',
      pathPrefix: '/gitlab',
    });
    expect(await gitlabPlugin.create({ baseUrl: gitlab.webUrl }).probe()).toEqual({
      product: 'GitLab',
      version: undefined,
      apiUrl: `${gitlab.webUrl}/api/v4`,
    });
    expect(gitlab.log.entries.every(({ credential }) => credential === undefined)).toBe(true);
    await gitlab.close();
  });

  it('recognizes it by its words where a proxy takes its header away', async () => {
    const { probe } = probing({ status: 401, body: { message: '401 Unauthorized' } });
    expect(await probe).toMatchObject({ product: 'GitLab' });
  });

  it('recognizes it by its header, whatever its refusal says', async () => {
    const { probe } = probing({ status: 401, headers: meta, body: { error: 'invalid_token' } });
    expect(await probe).toMatchObject({ product: 'GitLab' });
  });

  it('tells the version where it is told', async () => {
    const { probe } = probing({ headers: meta, body: { version: '18.5.0-ee', revision: 'abc' } });
    expect(await probe).toMatchObject({ product: 'GitLab', version: '18.5.0-ee' });
  });

  it.each([
    ['a page of HTML', { headers: { 'content-type': 'text/html' }, body: '<html>Welcome to nginx!</html>' }],
    ['another API', { body: { version: '1.24.0' } }],
    ['no such page', { status: 404, body: 'Not here' }],
    [
      'the API of GitLab itself, at a path that it does not know',
      { status: 404, headers: meta, body: { error: '404 Not Found' } },
    ],
    ['a sign-in page', { status: 401, body: 'Who are you?' }],
  ])('says so when %s answers', async (_, answer) => {
    await expect(probing(answer).probe).rejects.toMatchObject({
      kind: 'invalid_response',
      details: { repair: { text: expect.stringContaining(baseUrl) } },
    });
  });
});
