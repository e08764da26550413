import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { ApiClient } from './testing/api-client.js';
import { listRoutes } from './testing/served-routes.js';
import { signInAs, testPassword } from './testing/sign-in.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const whoAmI = z.object({ person: z.object({ id: z.string() }) });
const refusal = { status: 409, body: { code: 'other_person' } };

let server: TestServer;
let maya: ApiClient;
let tomas: ApiClient;
let tomasToken: ApiClient;

beforeAll(async () => {
  server = await startTestServer();
  maya = await server.newMember('maya');
  tomas = await server.newMember('tomas');
  tomasToken = await server.apiToken(tomas, ['manage']);
});
afterAll(() => server.close());

async function forPerson(somebody: ApiClient): Promise<Readonly<Record<string, string>>> {
  const { person } = whoAmI.parse((await somebody.get('/api/v1/session')).body);
  return { 'x-anyforge-person': person.id };
}

/** All but the health of the process, which is the same whoever asks. */
const routes = listRoutes().filter((route) => !route.includes(' /health/'));

describe('a request that names the person whom it is sent for', () => {
  it('is answered as any other where that person is signed in', async () => {
    const headers = await forPerson(tomas);
    for (const client of [tomas, tomasToken])
      expect(await client.get('/api/v1/account', headers)).toMatchObject({ status: 200 });
  });

  it.each(routes)(
    'is refused where somebody else is signed in, by session and by token: %s',
    async (route) => {
      const headers = await forPerson(maya);
      const [method = '', path = ''] = route.split(' ');
      for (const client of [tomas, tomasToken])
        expect(await client.send(method, path.replaceAll(/:\w+/g, 'x'), { headers })).toMatchObject(refusal);
    },
  );

  it('changes nothing of whoever is signed in instead', async () => {
    const headers = await forPerson(maya);
    const before = (await tomas.get('/api/v1/account')).body;
    const change = { displayName: 'What Maya typed' };
    expect(await tomas.patch('/api/v1/account', change, headers)).toMatchObject(refusal);
    expect(await tomas.delete('/api/v1/session', undefined, headers)).toMatchObject(refusal);
    expect((await tomas.get('/api/v1/account')).body).toEqual(before);
  });

  it('says what to do, and neither who is signed in nor whom it named', async () => {
    const headers = await forPerson(maya);
    const bySession = (await tomas.get('/api/v1/account', headers)).text;
    const byToken = (await tomasToken.get('/api/v1/account', headers)).text;
    expect(bySession).toContain('Load the page anew, or sign in again as that person.');
    expect(byToken).toContain('Send a token of that person, or leave the header out.');
    const ids = [headers, await forPerson(tomas)].flatMap((named) => Object.values(named));
    for (const text of [bySession, byToken])
      for (const name of ['maya', 'tomas', ...ids]) expect(text).not.toContain(name);
  });

  it('is refused, not passed over, where it names nobody that there is', async () => {
    for (const named of ['', 'maya', 'a, b'])
      expect(await tomas.get('/api/v1/account', { 'x-anyforge-person': named })).toMatchObject(refusal);
  });

  it('is that of nobody where nobody is signed in, who may sign in with it', async () => {
    const headers = await forPerson(maya);
    const left = await signInAs(server, 'maya');
    await left.delete('/api/v1/session');
    expect(await left.get('/api/v1/account', headers)).toMatchObject({ body: { code: 'not_signed_in' } });
    expect(await left.get('/api/v1/session', headers)).toMatchObject({ body: { person: null } });
    const input = { username: 'maya', password: testPassword };
    expect(await left.post('/api/v1/session', input, headers)).toMatchObject({ status: 201 });
  });

  it('does not make up for the page that it has to come from', async () => {
    const headers = { ...(await forPerson(tomas)), origin: 'https://elsewhere.example' };
    expect(await tomas.delete('/api/v1/session', undefined, headers)).toMatchObject({
      status: 403,
      body: { code: 'foreign_origin' },
    });
  });
});
