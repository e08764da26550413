import type { SimulatedRequest, TextResponse } from '../http/message.js';
import { answerProblem, answerProgram, formOf, parametersOf } from './answers.js';
import { authenticateClient } from './client-authentication.js';
import type { OAuthClient } from './clients.js';
import { readDecision, scopesAskedFor } from './consent.js';
import { consentPage, messagePage, userCodePage } from './pages.js';
import type { OAuthState } from './state.js';
import type { Redeemed } from './token.js';

export const deviceGrantType = 'urn:ietf:params:oauth:grant-type:device_code';

/** Where a device asks for its codes. */
export function answerDevice(state: OAuthState, request: SimulatedRequest): TextResponse {
  const { rules, clients, devices, webUrl } = state;
  const form = parametersOf(rules, request);
  const client = authenticateClient(state, request, form, rules.device?.withoutSecret === true);
  if (client === undefined) return answerProblem(rules, request, 'bad-client');
  if (!client.deviceFlow || rules.device === undefined)
    return answerProblem(rules, request, 'device-disabled');
  const { scopeSeparator, defaultScopes } = rules.authorization;
  const words = (form.get('scope') ?? '').split(scopeSeparator).filter((word) => word !== '');
  const wanted = words.length === 0 ? (defaultScopes ?? client.scopes ?? []) : words;
  const scopes = scopesAskedFor(client, clients.kindOf(client), wanted);
  if (scopes === undefined) return answerProblem(rules, request, 'invalid-scope');
  const { deviceCode, userCode, intervalSeconds } = devices.start(client, scopes);
  const verificationUrl = webUrl + (rules.paths.deviceVerification ?? '');
  return answerProgram(rules, request, 200, {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: verificationUrl,
    verification_uri_complete: rules.device.completeUri
      ? `${verificationUrl}?user_code=${userCode}`
      : undefined,
    expires_in: rules.device.seconds,
    interval: intervalSeconds,
  });
}

/** Where the device's person types its code, and then lets the client in. */
export function answerDeviceVerification(state: OAuthState, request: SimulatedRequest): TextResponse {
  const { rules, devices, world } = state;
  const typed = request.query.get('user_code');
  if (typed === null) return userCodePage(rules.forge, request.url.pathname);
  const device = devices.byUserCode(typed);
  if (device === undefined)
    return userCodePage(rules.forge, request.url.pathname, 'There is no such code, or it has expired.');
  const page = (complaint?: string): TextResponse =>
    consentPage({
      forge: rules.forge,
      client: device.client.name,
      action: request.url.pathname + request.url.search,
      scopes: device.scopes,
      people: world.people,
      chosen: undefined,
      complaint,
    });
  if (request.method !== 'POST') return page();
  const decision = readDecision(formOf(request), world, device.scopes);
  if (decision.kind === 'incomplete') return page(decision.complaint);
  devices.decide(device, decision);
  return decision.kind === 'allowed'
    ? messagePage(200, 'Your device is connected', rules.forge, 'You may go back to it and close this page.')
    : messagePage(200, 'Your device was not connected', rules.forge, 'You may close this page.');
}

/** What a device hears that asks whether its person has decided. */
export function redeemDeviceCode(state: OAuthState, client: OAuthClient, form: URLSearchParams): Redeemed {
  const { devices, grants } = state;
  const value = form.get('device_code');
  if (value === null) return { problem: 'missing-parameter' };
  if (!client.deviceFlow) return { problem: 'device-disabled' };
  const device = devices.byDeviceCode(value);
  if (device?.client !== client) return { problem: 'device-unknown' };
  if (devices.isOver(device)) return { problem: 'device-expired' };
  if (devices.ask(device))
    return { problem: 'device-slow-down', fields: { interval: device.intervalSeconds } };
  const { decision } = device;
  if (decision.kind === 'pending') return { problem: 'device-pending' };
  if (decision.kind === 'denied') return { problem: 'device-denied' };
  devices.forget(device);
  const { person, scopes } = decision;
  return { issued: grants.open({ client, person, scopes, via: 'device' }, deviceGrantType) };
}
