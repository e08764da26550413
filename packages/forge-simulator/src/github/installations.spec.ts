import { afterEach, describe, expect, it } from '@jest/globals';
import { pluck } from '../http/asking.fixture.js';
import { get, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const setUp = () => simulators.startAcme();

describe('GitHub Apps', () => {
  it('lists installations and what they and the person both reach', async () => {
    const { github, ada, acme, api } = await setUp();
    const installation = github.installations.add({ application: 'app', account: acme, repositories: [api] });
    const token = github.tokens.issue({ kind: 'app-user', person: ada, application: 'app' });
    const reply = await get(github, '/user/installations', token);
    expect(reply.body).toMatchObject({
      total_count: 1,
      installations: [{ id: installation.id, repository_selection: 'selected', account: { login: 'acme' } }],
    });
    const path = `/user/installations/${installation.id}/repositories`;
    expect((await get(github, path, token)).body).toMatchObject({
      total_count: 1,
      repositories: [{ full_name: 'acme/api', permissions: { push: true } }],
    });
    expect((await get(github, '/user/installations/1/repositories', token)).status).toBe(404);
  });

  it('refuses installations to every other kind of token', async () => {
    const { github, token } = await setUp();
    expect((await get(github, '/user/installations', token)).status).toBe(403);
    expect((await get(github, '/installation/repositories', token)).status).toBe(403);
  });

  it('gives an app-user token what is private where its app is installed alone', async () => {
    const { world, github, ada, acme, api } = await setUp();
    const web = world.addRepository({ owner: acme, name: 'web' });
    const token = github.tokens.issue({ kind: 'app-user', person: ada, application: 'app' });
    const names = async () => pluck((await get(github, '/user/repos', token)).body, 'name');
    expect(await names()).toEqual(['open']);
    const chosen = github.installations.add({ application: 'app', account: acme, repositories: [web] });
    github.installations.add({ application: 'other', account: acme, repositories: [api] });
    expect(await names()).toEqual(['open', 'web']);
    expect((await get(github, '/repos/acme/api', token)).status).toBe(404);
    github.installations.remove(chosen);
    expect(await names()).toEqual(['open']);
  });

  it('lists to an app-user token the installations of its app through which its person reaches anything', async () => {
    const { world, github, ada, grace, acme } = await setUp();
    const own = github.installations.add({ application: 'app', account: acme });
    const elsewhere = world.addOrganization({ slug: 'elsewhere', owners: [grace] });
    world.addRepository({ owner: elsewhere, name: 'hidden' });
    github.installations.add({ application: 'app', account: elsewhere });
    const foreign = github.installations.add({ application: 'other', account: acme });
    const token = github.tokens.issue({ kind: 'app-user', person: ada, application: 'app' });
    expect((await get(github, '/user/installations', token)).body).toMatchObject({
      total_count: 1,
      installations: [{ id: own.id }],
    });
    for (const id of [foreign.id, `${own.id}.0`, 'x'])
      expect((await get(github, `/user/installations/${id}/repositories`, token)).status).toBe(404);
  });

  it('tells an installation no permission on anything, and what it was given alone', async () => {
    const { github, acme, api } = await setUp();
    const installation = github.installations.add({
      application: 'app',
      account: acme,
      repositories: [api],
      permissions: { contents: 'write' },
    });
    const token = github.tokens.issue({ kind: 'installation', installation });
    const permissions = { admin: false, maintain: false, push: false, triage: false, pull: false };
    expect((await get(github, '/installation/repositories', token)).body).toMatchObject({
      total_count: 1,
      repository_selection: 'selected',
      repositories: [{ full_name: 'acme/api', permissions }],
    });
    for (const path of ['/repos/acme/api', '/repos/acme/open'])
      expect((await get(github, path, token)).body).toMatchObject({ permissions });
    expect((await get(github, '/repos/acme/inner', token)).status).toBe(404);
  });

  it('refuses the tokens of an installation that was removed', async () => {
    const { github, acme } = await setUp();
    const installation = github.installations.add({ application: 'app', account: acme });
    const token = github.tokens.issue({ kind: 'installation', installation });
    expect((await get(github, '/installation/repositories', token)).status).toBe(200);
    github.installations.remove(installation);
    const reply = await get(github, '/installation/repositories', token);
    expect([reply.status, reply.body]).toMatchObject([401, { message: 'Bad credentials' }]);
  });

  it('gives an installation its repositories and no user', async () => {
    const { github, acme } = await setUp();
    const installation = github.installations.add({ application: 'app', account: acme });
    const token = github.tokens.issue({ kind: 'installation', installation });
    const reply = await get(github, '/installation/repositories', token);
    expect(reply.body).toMatchObject({ total_count: 3, repository_selection: 'all' });
    const user = await get(github, '/user', token);
    expect(user.status).toBe(403);
    expect(user.body).toMatchObject({ message: 'Resource not accessible by integration' });
  });
});
