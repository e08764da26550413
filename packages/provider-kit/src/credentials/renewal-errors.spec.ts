import { describe, expect, it } from '@jest/globals';
import { credential, setUpFlow } from '../oauth/oauth.fixture.js';
import type { ScriptedAnswer } from '../testing/scripted-fetch.js';
import { failureOf } from '../transport/transport.fixture.js';
import { outcomeOf } from './renewal-errors.js';

const html = { 'content-type': 'text/html; charset=utf-8' };
const network = (properties: object): Error => Object.assign(new Error('failed'), properties);

describe('what a refresh that failed has made of the old pair', () => {
  it.each<[ScriptedAnswer]>([
    [{ status: 401, body: { error: 'invalid_client' } }],
    // As GitHub answers.
    [{ status: 200, body: { error: 'incorrect_client_credentials' } }],
    [{ status: 200, body: { error: 'temporarily_unavailable' } }],
    [{ status: 400, body: { error: 'a_new_code' } }],
    [{ status: 401 }],
    [{ status: 403, headers: html, body: '<html>' }],
    [{ status: 429 }],
    [{ status: 302, headers: { location: 'https://forge.example/maintenance' } }],
    [{ status: 500 }],
    [{ status: 503, headers: html, body: '<html>' }],
    [{ status: 504 }],
    [network({ code: 'ECONNREFUSED' })],
    [network({ code: 'ENOTFOUND' })],
    [network({ code: 'ANYFORGE_BLOCKED_ADDRESS' })],
    [network({ code: 'ANYFORGE_PROXY_FAILED' })],
    [network({ code: 'UND_ERR_CONNECT_TIMEOUT' })],
    [network({ code: 'ETIMEDOUT', syscall: 'connect' })],
  ])('is nothing, after %j', async (answer) => {
    const { flow, clock } = setUpFlow([answer]);
    expect(outcomeOf(await failureOf(clock.run(flow.refresh(credential))))).toBe('not-processed');
  });

  it.each<[ScriptedAnswer]>([
    [{ status: 200, headers: html, body: '<html>' }],
    [{ status: 200, body: '{"access_token":"access-tok' }],
    [{ status: 200, body: { token_type: 'bearer' } }],
    [{ status: 204 }],
    [network({ code: 'ECONNRESET' })],
    [network({ code: 'UND_ERR_SOCKET' })],
    [network({ code: 'ETIMEDOUT', syscall: 'read' })],
    [network({ code: 'ESOMETHING' })],
    ['hang'],
  ])('is not known, after %j', async (answer) => {
    const { flow, clock } = setUpFlow([answer]);
    expect(outcomeOf(await failureOf(clock.run(flow.refresh(credential))))).toBe('unknown');
  });
});
