import { createHash } from 'node:crypto';
import type { NewOAuthClient } from '../oauth/clients.js';
import type { Simulators } from './acme.fixture.js';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { acmeWorld } from './acme.fixture.js';

export const callback = 'https://app.test/callback';
export const verifier = 'a-verifier-of-forty-three-characters-or-more-0123456789';
export const challenge = createHash('sha256').update(verifier).digest('base64url');

/** GitHub.com with the company and one application, and how that application talks to it. */
export async function startWithApplication(simulators: Simulators, request: Partial<NewOAuthClient> = {}) {
  const company = acmeWorld();
  const clock = new ManualClock();
  const github = await simulators.start({ world: company.world, clock });
  const { oauth } = github;
  const client = oauth.registerClient({ name: 'anyforge', redirectUris: [callback], ...request });
  const { clientId, clientSecret = '' } = client;

  const authorizationUrl = (parameters: Record<string, string> = {}): string =>
    `${github.webUrl}/login/oauth/authorize?${new URLSearchParams({
      client_id: clientId,
      redirect_uri: callback,
      state: 'a state',
      scope: 'repo read:org',
      ...parameters,
    }).toString()}`;
  const post = async (path: string, form: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await fetch(github.webUrl + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { accept: 'application/json', ...headers },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text };
  };
  const token = async (form: Record<string, string>) => {
    const { status, text } = await post('/login/oauth/access_token', {
      client_id: clientId,
      client_secret: clientSecret,
      ...form,
    });
    const body: unknown = JSON.parse(text);
    return { status, body };
  };
  const code = async (parameters: Record<string, string> = {}): Promise<string> => {
    const url = new URL(await oauth.approve(authorizationUrl(parameters), { person: company.ada }));
    return url.searchParams.get('code') ?? '';
  };
  const application = async (method: string, path: string, body: object, secret = clientSecret) => {
    const response = await fetch(`${github.apiUrl}/applications/${clientId}${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    });
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, body: answer };
  };
  return { ...company, clock, github, oauth, client, authorizationUrl, post, token, code, application };
}
