import { describe, expect, it } from '@jest/globals';
import { json, refusalOf } from './answers.fixture.js';
import type { Client } from './index.js';
import { createClient } from './index.js';

const types = [
  { type: 'github', displayName: 'GitHub' },
  { type: 'gitlab', displayName: 'GitLab' },
  { type: 'bitbucket', displayName: 'Bitbucket Cloud' },
];

const connected = (username: string) => ({ kind: 'token', account: { id: '1', username, kind: 'user' } });

const gitProviders = [
  {
    id: '1',
    name: 'GitHub.com',
    type: 'github',
    config: { baseUrl: 'https://github.com' },
    connection: null,
  },
  {
    id: '2',
    name: 'GitLab.com',
    type: 'gitlab',
    config: { baseUrl: 'https://gitlab.com' },
    connection: connected('ada'),
  },
  {
    id: '3',
    name: 'Acme GitLab',
    type: 'gitlab',
    config: { baseUrl: 'https://git.acme.example:8443/gitlab' },
    connection: null,
  },
  { id: '4', name: 'Bitbucket', type: 'bitbucket', config: {}, connection: null },
];

interface World {
  readonly client: Client;
  /** What was sent besides questions. */
  readonly changes: { readonly method: string; readonly path: string; readonly body: string }[];
}

function world(items: readonly object[] = gitProviders): World {
  const changes: World['changes'] = [];
  const client = createClient({
    baseUrl: 'https://anyforge.example/api/v1',
    fetch: async (request) => {
      const path = new URL(request.url).pathname.replace('/api/v1', '');
      if (request.method === 'GET') return json({ items: path === '/provider-types' ? types : items });
      changes.push({ method: request.method, path, body: await request.text() });
      return json(request.method === 'PUT' ? connected('my_user') : { revoked: 'not-asked' });
    },
  });
  return { client, changes };
}

describe('setting a provider', () => {
  it.each(['GitHub', 'github', ' GITHUB ', 'GitHub.com'])('finds %s', async (name) => {
    const { client, changes } = world();
    expect(await client.setProvider(name, 'my_user', 'my_token')).toMatchObject({
      gitProviderId: '1',
      name: 'GitHub.com',
      provider: 'GitHub',
      host: 'github.com',
      username: 'my_user',
    });
    expect(changes).toEqual([
      {
        method: 'PUT',
        path: '/git-providers/1/connection',
        body: '{"username":"my_user","token":"my_token"}',
      },
    ]);
  });

  it.each(['git.acme.example:8443', 'GIT.acme.example:8443', 'https://git.acme.example:8443/gitlab'])(
    'tells several of one kind apart by the host %s',
    async (host) => {
      const { client, changes } = world();
      await client.setProvider('GitLab', 'my_user', 'my_token', { host });
      expect(changes.map(({ path }) => path)).toEqual(['/git-providers/3/connection']);
    },
  );

  it('sends nothing where a name is that of several, and names them', async () => {
    const { client, changes } = world();
    expect(await refusalOf(client.setProvider('GitLab', 'my_user', 'my_token'))).toMatchObject({
      name: 'ProviderNameError',
      message:
        '"GitLab" is more than one git provider: GitLab.com (gitlab.com), Acme GitLab (git.acme.example:8443). Give the full name of one, or its host as well.',
      candidates: ['GitLab.com (gitlab.com)', 'Acme GitLab (git.acme.example:8443)'],
    });
    expect(changes).toEqual([]);
  });

  it('takes a name of its own before that of a kind', async () => {
    const own = { id: '9', name: 'gitlab', type: 'github', config: {}, connection: null };
    const { client, changes } = world([...gitProviders, own]);
    await client.setProvider('GitLab', 'my_user', 'my_token');
    expect(changes.map(({ path }) => path)).toEqual(['/git-providers/9/connection']);
  });

  it('names all there are where the name is none of them', async () => {
    const { client } = world();
    expect(await refusalOf(client.setProvider('Gitea', 'u', 't', { host: 'gitea.com' }))).toMatchObject({
      message:
        'There is no git provider "Gitea" at gitea.com. There are GitHub.com (github.com), GitLab.com (gitlab.com), Acme GitLab (git.acme.example:8443), Bitbucket.',
    });
  });

  it('says who adds git providers where there is none', async () => {
    const { client } = world([]);
    expect(await refusalOf(client.setProvider('GitHub', 'u', 't'))).toMatchObject({
      message: 'There is no git provider yet. An administrator adds them.',
    });
  });
});

describe('the providers that are set', () => {
  it('are those that I am signed in to', async () => {
    const { client } = world();
    expect(await client.getProviders()).toMatchObject([
      { name: 'GitLab.com', provider: 'GitLab', host: 'gitlab.com', username: 'ada' },
    ]);
  });

  it('are meant by a name that they share with others that are not set', async () => {
    const { client } = world();
    expect(await client.getProvider('GitLab')).toMatchObject({ name: 'GitLab.com' });
  });

  it('can be got by name and host', async () => {
    const { client } = world();
    expect(await client.getProvider('gitlab', 'gitlab.com')).toMatchObject({ gitProviderId: '2' });
    expect(await refusalOf(client.getProvider('gitlab', 'git.acme.example:8443'))).toMatchObject({
      name: 'ProviderNameError',
      message: 'You have not configured Acme GitLab. setProvider does so, with a username and a token.',
    });
  });

  it('are forgotten when they are deleted', async () => {
    const { client, changes } = world();
    expect(await client.deleteProvider('GitLab')).toEqual({ revoked: 'not-asked' });
    expect(changes).toEqual([{ method: 'DELETE', path: '/git-providers/2/connection', body: '' }]);
  });
});
