import { z } from 'zod';
import type { Stage } from '../stage.js';
import type { Answer, Visitor } from '../visitor.js';

const issued = z.object({ token: z.string() });
const invited = z.object({ person: z.object({ id: z.string() }), link: z.object({ url: z.string() }) });

/** Who there is after everybody has come in. */
export interface People {
  readonly administrator: Visitor;
  readonly member: Visitor;
  /** The member's programs, by the scope of their API token. */
  readonly programs: Readonly<Record<'read' | 'manage' | 'git', Visitor>>;
}

/** The first visit, or the account that the settings name. */
export async function comeFirst(stage: Stage, password: string, byVisit: boolean): Promise<Visitor> {
  const visitor = stage.visitor();
  const body = { username: 'root', password };
  if (!byVisit) return stage.inBrowser(await visitor.expect(201, 'POST', '/api/v1/session', { body }));
  await visitor.ask('POST', '/api/v1/setup', {
    body: { ...body, password: stage.invent('short').slice(0, 5) },
  });
  await visitor.ask('POST', '/api/v1/setup', { body: { ...body, code: stage.invent('wrong set-up code') } });
  await visitor.ask('POST', '/api/v1/setup', { body: { ...body, surprise: stage.invent('unknown field') } });
  const code = /set-up code for the first visit is (\S+)/.exec(stage.server.output)?.[1];
  const answer = await visitor.ask('POST', '/api/v1/setup', { body: { ...body, ...(code && { code }) } });
  if (answer.status === 201) return stage.inBrowser(answer);
  return stage.inBrowser(await visitor.expect(201, 'POST', '/api/v1/session', { body }));
}

/** Invitations, passwords, sessions and API tokens, and everything that goes wrong with them. */
export async function people(stage: Stage, administrator: Visitor): Promise<People> {
  const password = stage.invent('password of ada');
  await join(stage, administrator, 'ada', password);
  await signInsThatFail(stage, password);
  const member = await changeOfPassword(stage, password);
  const programs = {
    read: await program(stage, member, 'read'),
    manage: await program(stage, member, 'manage'),
    git: await program(stage, member, 'git'),
  };
  await resetOfPassword(stage, administrator);
  const stranger = stage.visitor();
  const authorization = `Bearer ${stage.invent('API token that there is not')}`;
  await stranger.ask('GET', '/api/v1/account', { headers: { authorization } });
  await stranger.ask('GET', '/api/v1/account', { headers: { authorization: authorization.slice(7) } });
  const basic = Buffer.from(`ada:${stage.invent('password in a header')}`).toString('base64');
  await stranger.ask('GET', '/api/v1/account', { headers: { authorization: `Basic ${basic}` } });
  await stranger.ask('GET', '/api/v1/account', {
    headers: { cookie: `anyforge_session=${encodeURIComponent(stage.invent('session that there is not'))}` },
  });
  for (const path of ['/api/v1/sessions', '/api/v1/api-tokens', '/api/v1/account']) {
    await member.ask('GET', path);
  }
  return { administrator, member, programs };
}

async function join(
  stage: Stage,
  administrator: Visitor,
  username: string,
  password: string,
): Promise<Visitor> {
  const answer = await administrator.expect(201, 'POST', '/api/v1/people', { body: { username } });
  const token = linkOf(stage, answer);
  const visitor = stage.visitor();
  const use = '/api/v1/password-links/use';
  await visitor.ask('POST', '/api/v1/password-links/inspect', { body: { token } });
  await visitor.ask('POST', use, { body: { token: stage.invent('link that there is not'), password } });
  await visitor.ask('POST', use, { body: { token, password, surprise: password } });
  const member = stage.inBrowser(await visitor.expect(201, 'POST', use, { body: { token, password } }));
  await visitor.ask('POST', use, { body: { token, password } });
  return member;
}

function linkOf({ canaries }: Stage, { json, label }: Answer): string {
  return canaries.plant('link for a password', new URL(invited.parse(json).link.url).hash.slice(1), label);
}

async function signInsThatFail(stage: Stage, password: string): Promise<void> {
  const visitor = stage.visitor();
  const wrong = stage.invent('wrong password');
  for (const body of [
    { username: 'ada', password: wrong },
    { username: 'nobody', password: wrong },
    { username: wrong, password: wrong },
    { username: 'ada', password: [password] },
    { username: 'ada', password, otp: wrong },
  ]) {
    await visitor.ask('POST', '/api/v1/session', { body });
  }
}

async function program(stage: Stage, member: Visitor, scope: string): Promise<Visitor> {
  const body = { name: scope, scopes: [scope] };
  const answer = await member.expect(201, 'POST', '/api/v1/api-tokens', { body });
  const { token } = issued.parse(answer.json);
  stage.canaries.plant(`API token (${scope})`, token, answer.label);
  return stage.visitor().with({ authorization: `Bearer ${token}` });
}

async function changeOfPassword(stage: Stage, password: string): Promise<Visitor> {
  const visitor = stage.visitor();
  const body = { username: 'ada', password };
  const ada = stage.inBrowser(await visitor.expect(201, 'POST', '/api/v1/session', { body }));
  const path = '/api/v1/account/password';
  const next = stage.invent('next password of ada');
  const wrong = stage.invent('wrong current password');
  await ada.ask('PUT', path, { body: { currentPassword: wrong, newPassword: next } });
  await ada.ask('PUT', path, { body: { current: wrong, new: next } });
  const changed = { currentPassword: password, newPassword: next };
  return stage.inBrowser(await ada.expect(204, 'PUT', path, { body: changed }));
}

async function resetOfPassword(stage: Stage, administrator: Visitor): Promise<void> {
  await join(stage, administrator, 'eve', stage.invent('password of eve'));
  const listed = await administrator.expect(200, 'GET', '/api/v1/people');
  const { items } = z
    .object({ items: z.array(z.object({ id: z.string(), username: z.string() })) })
    .parse(listed.json);
  const eve = items.find(({ username }) => username === 'eve')?.id ?? '';
  linkOf(stage, await administrator.expect(200, 'POST', `/api/v1/people/${eve}/password-reset`));
  await administrator.expect(204, 'DELETE', `/api/v1/people/${eve}`);
}
