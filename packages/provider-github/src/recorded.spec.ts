import { describe, expect, it } from '@jest/globals';
import type { ProviderError } from '@anyforge/core';
import { createScriptedFetch } from '@anyforge/provider-kit/testing';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { githubPlugin } from './index.js';

/**
 * Answers of the real GitHub, as @octokit/fixtures recorded them, played back in whatever order they are asked for.
 * A request that was not recorded fails the test; so does a recording that changed its address.
 */
const exchanges = z.array(
  z.object({
    scope: z.string().transform((scope) => scope.replace(/:443$/, '')),
    method: z.string().transform((method) => method.toUpperCase()),
    path: z.string(),
    status: z.number(),
    response: z.unknown(),
    headers: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
);

function play(scenario: string) {
  const folder = createRequire(import.meta.url).resolve('@octokit/fixtures/package.json');
  const file = new URL(`scenarios/api.github.com/${scenario}/normalized-fixture.json`, `file://${folder}`);
  const pending = exchanges.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { fetch, requests } = createScriptedFetch(({ method, url }) => {
    // The adapter asks for full pages; recordings were made with the default size.
    const asked = url.split('?')[0];
    const index = pending.findIndex(
      (exchange) => exchange.method === method && exchange.scope + exchange.path === asked,
    );
    const [exchange] = index < 0 ? [] : pending.splice(index, 1);
    if (exchange === undefined) return new Error(`not recorded: ${method} ${url}`);
    const { 'content-length': _, ...headers } = exchange.headers;
    return {
      status: exchange.status,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body: exchange.response,
    };
  });
  const github = githubPlugin.create({ baseUrl: 'https://github.com' }, { fetch });
  return { session: github.signIn({ kind: 'token', token: 'recorded' }), requests };
}

describe('recorded answers of the real GitHub', () => {
  it('get-repository: becomes a repository with the permission', async () => {
    const { session, requests } = play('get-repository');
    const repository = await session.repository({ path: 'octokit-fixture-org/hello-world' });
    expect(repository).toMatchObject({
      id: '1000',
      path: 'octokit-fixture-org/hello-world',
      namespace: 'octokit-fixture-org',
      webUrl: 'https://github.com/octokit-fixture-org/hello-world',
      httpsCloneUrl: 'https://github.com/octokit-fixture-org/hello-world.git',
      defaultBranch: 'master',
      visibility: 'public',
      archived: false,
      permission: { level: 'admin', native: 'admin' },
    });
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer recorded');
    expect(requests[0]?.headers.get('x-github-api-version')).toBe('2026-03-10');
  });

  it('get-organization: is reached through Octokit on the same transport', async () => {
    const { session } = play('get-organization');
    const { data } = await session.octokit.rest.orgs.get({ org: 'octokit-fixture-org' });
    expect(data.login).toBe('octokit-fixture-org');
  });

  it('rename-repository: an old path leads to the repository', async () => {
    const { session, requests } = play('rename-repository');
    const repository = await session.repository({ path: 'octokit-fixture-org/rename-repository' });
    expect(repository).toMatchObject({ id: '1000', path: 'octokit-fixture-org/rename-repository-newname' });
    expect(requests.map(({ url }) => url)).toEqual([
      'https://api.github.com/repos/octokit-fixture-org/rename-repository',
      'https://api.github.com/repositories/1000',
    ]);
  });

  it('rename-repository: the id leads there at once', async () => {
    const { session, requests } = play('rename-repository');
    const repository = await session.repository({ id: '1000', path: 'octokit-fixture-org/taken-by-another' });
    expect(repository.path).toBe('octokit-fixture-org/rename-repository-newname');
    expect(requests).toHaveLength(1);
  });

  it('errors: a refused request is told as GitHub tells it', async () => {
    const { session } = play('errors');
    const refused = session.octokit.request('POST /repos/octokit-fixture-org/errors/labels', {
      name: 'foo',
      color: 'invalid',
    });
    const expected: Partial<ProviderError> = {
      kind: 'invalid_request',
      message: expect.stringContaining('Validation Failed') as unknown as string,
    };
    await expect(refused).rejects.toMatchObject(expected);
  });

  it('add-and-remove-repository-collaborator: everyone with their permission', async () => {
    const { session } = play('add-and-remove-repository-collaborator');
    const path = 'octokit-fixture-org/add-and-remove-repository-collaborator';
    const before: string[] = [];
    for await (const { account, permission } of session.permissions({ path })) {
      before.push(`${account.username} ${permission.level}`);
    }
    expect(before).toEqual(['octokit-fixture-user-a admin', 'octokit-fixture-user-b write']);
    const after: string[] = [];
    for await (const { account } of session.permissions({ path })) after.push(account.username);
    expect(after).toEqual(['octokit-fixture-user-a']);
  });
});
