import { describe, expect, it } from '@jest/globals';
import type { FailedAnswer } from '@anyforge/provider-kit';
import { errorRows, readMessage } from './errors.js';

const rows = errorRows('https://bitbucket.org');
const api = 'https://api.bitbucket.org/2.0';

/** What the first row that matches says, as the transport would find it. */
function classify(status: number, body: unknown, path = '/user') {
  const message = readMessage(body);
  const answer: FailedAnswer = {
    method: 'GET',
    url: new URL(api + path),
    status,
    headers: new Headers(),
    body,
    message,
  };
  const row = rows.find(
    (each) =>
      [each.status].flat().includes(status) &&
      (each.message?.test(message ?? '') ?? true) &&
      (each.when?.(answer) ?? true),
  );
  return { kind: row?.kind, repair: row?.repair?.(answer)?.text };
}

const said = (message: string, more: object = {}) => ({ type: 'error', error: { message, ...more } });

describe('what Bitbucket says', () => {
  // As its users report them; the first is of https://github.com/ktrysmt/go-bitbucket/issues/357.
  it.each([
    [410, said('CHANGE-2770 - Functionality has been deprecated'), 'endpoint_removed'],
    [401, said('Token is invalid, expired, or not supported for this endpoint.'), 'unauthenticated'],
    [401, undefined, 'unauthenticated'],
    [401, said('You do not have access to view this workspace.'), 'forbidden'],
    [401, said('Access token expired. Use your refresh token …'), 'unauthenticated'],
    [403, said('Your credentials lack one or more required privilege scopes.'), 'insufficient_scope'],
    [403, said('Your IP address has not been whitelisted'), 'organization_restricted'],
    [410, said('This account was marked as spam'), 'organization_restricted'],
    [404, '<html>', 'invalid_response'],
    [405, { errors: [] }, 'invalid_response'],
  ])('%i %j means %s', (status, body, kind) => {
    expect(classify(status, body).kind).toBe(kind);
  });

  it('is left to the status where nothing more is known', () => {
    expect(classify(404, said('Repository acme/x not found')).kind).toBeUndefined();
    expect(classify(403, said('No.')).kind).toBeUndefined();
    expect(classify(429, undefined).kind).toBeUndefined();
  });

  it('names the scopes that are needed, where it does', () => {
    const words = 'Your credentials lack one or more required privilege scopes.';
    const detail = { required: ['account', 'repository'], granted: ['account'] };
    expect(classify(403, said(words, { detail })).repair).toContain('account, repository');
    expect(classify(403, said(words, { detail: 'none' })).repair).toContain('the scopes for it');
  });

  it('tells how a token is to be used, except to whom it has expired', () => {
    expect(classify(401, undefined).repair).toContain('e-mail address');
    expect(classify(401, said('Access token expired. Use your refresh token …')).repair).toBe(
      'Sign in again.',
    );
  });

  it('tells who may see the permissions of others, and no one else', () => {
    const others = '/workspaces/acme/permissions/repositories/api';
    expect(classify(403, said('No.'), others).repair).toContain('an administrator of the repository');
    const own = '/user/workspaces/acme/permissions/repositories';
    expect(classify(403, said('No.'), own).kind).toBeUndefined();
  });

  it('has a source for every row', () => {
    for (const { see } of rows)
      expect(see).toMatch(/^https:\/\/((developer|support)\.atlassian\.com|github\.com)\//);
  });
});
