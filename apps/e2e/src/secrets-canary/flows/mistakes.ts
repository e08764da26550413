import { connect } from 'node:net';
import type { Stage } from '../stage.js';
import type { People } from './people.js';

/** What people and programs send by mistake, each with a secret in it. */
export async function makeMistakes(stage: Stage, { administrator, programs }: People): Promise<void> {
  const secret = stage.invent('secret in a mistaken request');
  const encoded = encodeURIComponent(secret);
  for (const visitor of [stage.visitor(), administrator, programs.manage]) {
    for (const path of [
      `/${encoded}`,
      `/api/v1/${encoded}`,
      `/api/v1/repositories/${encoded}`,
      `/api/v1/repositories/${encoded}/permissions`,
      `/api/v1/git-providers/${encoded}`,
      `/api/v1/git-providers/${encoded}/connection`,
      `/api/v1/sign-ins/${encoded}`,
      `/api/v1/syncs/${encoded}`,
      `/api/v1/people/${encoded}`,
      `/api/v1/repositories?cursor=${encoded}`,
      `/api/v1/repositories?token=${encoded}`,
      `/api/v1/repositories?${encoded}=1`,
      `/api/v1/repositories?sort=${encoded}`,
      `/api/v1/audit-events?cursor=${encoded}`,
      `/api/v1/explain?provider=${encoded}&path=${encoded}`,
      `/api/v1/account?access_token=${encoded}`,
      `/api/v1/%zz${encoded}`,
    ]) {
      await visitor.ask('GET', path);
      await visitor.ask('POST', path, { body: { secret } });
    }
    for (const path of [
      '/api/v1/session',
      '/api/v1/git-credentials',
      '/api/v1/people',
      '/api/v1/git-providers',
    ]) {
      for (const body of [
        `{"password":"${secret.replaceAll('"', '')}`,
        secret,
        JSON.stringify(secret),
        JSON.stringify([secret]),
        JSON.stringify({ [secret]: secret, password: { secret } }),
        JSON.stringify({ password: secret.repeat(4000) }),
      ]) {
        await visitor.ask('POST', path, { body });
        await visitor.ask('POST', path, { body, headers: { 'content-type': 'text/plain' } });
        await visitor.ask('POST', path, { body, headers: { 'content-encoding': 'gzip' } });
      }
    }
    await visitor.ask('GET', '/api/v1/account', {
      headers: {
        'x-api-key': encoded,
        referer: `http://localhost/?token=${encoded}`,
        'x-request-id': encoded,
      },
    });
    await visitor.ask('POST', '/api/v1/session', {
      body: { username: 'ada', password: secret },
      headers: { origin: `https://${Buffer.from(secret).toString('hex')}.example` },
    });
  }
  stage.canaries.plant('secret in a mistaken request, without quotes', secret.replaceAll('"', ''));
  await sendRaw(
    stage,
    `GET /${encoded} HTTP/1.1\r\nHost: ${encoded}\r\nAuthorization: Bearer ${encoded}\r\n\r\n`,
  );
  await sendRaw(stage, `${encoded} / HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await sendRaw(stage, `GET / HTTP/1.1\r\nHost: localhost\r\n${encoded}\r\n\r\n`);
  await sendRaw(stage, `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${encoded.repeat(2000)}\r\n\r\n`);
}

/** What no client library would send. */
async function sendRaw(stage: Stage, text: string): Promise<void> {
  const { hostname, port } = new URL(stage.server.url);
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.end(text));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve();
    });
  });
  stage.answers.add(Buffer.concat(chunks).toString('latin1'), 'a malformed request');
}
