import { describe, expect, it } from '@jest/globals';
import { createScriptedFetch } from '@anyforge/provider-kit/testing';
import { giteaPlugin } from './index.js';

const baseUrl = 'https://git.acme.example/gitea';
const apiUrl = `${baseUrl}/api/v1`;

function probing(answer: {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}) {
  const { fetch, requests } = createScriptedFetch(() => answer);
  return { requests, probe: giteaPlugin.create({ baseUrl }, { fetch }).probe() };
}

describe('probing an address', () => {
  it.each([
    ['1.26.3', 'Gitea'],
    ['13.0.1+gitea-1.22.0', 'Forgejo'],
  ])('tells by the version %s that it is %s', async (version, product) => {
    const { probe } = probing({ body: { version } });
    expect(await probe).toEqual({ product, version, apiUrl });
  });

  it('recognizes one that answers nobody who is not signed in', async () => {
    const { probe } = probing({
      status: 403,
      body: { message: 'Only signed in user is allowed to call APIs.' },
    });
    expect(await probe).toEqual({ product: 'Gitea or Forgejo', apiUrl });
  });

  it.each([
    ['1.21.11', 'Update Gitea there.'],
    ['7.0.12+gitea-1.21.11', 'Update Forgejo there.'],
  ])('refuses %s, which is too old, in words', async (version, text) => {
    await expect(probing({ body: { version } }).probe).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining(version),
      details: { repair: { text } },
    });
  });

  it.each([
    ['a page of HTML', { headers: { 'content-type': 'text/html' }, body: '<html>Welcome to nginx!</html>' }],
    ['another API', { body: { version: 'latest' } }],
    ['no such page', { status: 404, body: 'Not here' }],
    ['a sign-in page', { status: 401, body: 'Who are you?' }],
    ['another refusal', { status: 403, body: { message: 'Not for you' } }],
  ])('says so when %s answers', async (_, answer) => {
    await expect(probing(answer).probe).rejects.toMatchObject({
      kind: 'invalid_response',
      details: { repair: { text: expect.stringContaining(baseUrl) } },
    });
  });
});
