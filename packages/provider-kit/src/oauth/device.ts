import type { CallOptions, DeviceFlow } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { genericGrantRequest, initiateDeviceAuthorization } from 'openid-client';
import type { AuthorizationServer } from './authorization-server.js';
import { toCredential } from './credential.js';
import { readPositive } from './json.js';
import { readDeviceTransaction, writeTransaction } from './transaction.js';

const deviceCodeGrant = 'urn:ietf:params:oauth:grant-type:device_code';
/** @see https://www.rfc-editor.org/rfc/rfc8628#section-3.2 */
const defaultIntervalSeconds = 5;
/** @see https://www.rfc-editor.org/rfc/rfc8628#section-3.5 */
const slowDownSeconds = 5;

const what = 'the sign-in of the device';

/** The device flow, one request at a time: whoever drives it does the waiting. */
export function createDeviceFlow(server: AuthorizationServer): DeviceFlow {
  const { description } = server;
  return {
    async start(call: CallOptions = {}) {
      const { scopes, scopeSeparator = ' ' } = description;
      const parameters: Record<string, string> =
        scopes.length > 0 ? { scope: scopes.join(scopeSeparator) } : {};
      const outcome = await server.ask(
        (configuration) => initiateDeviceAuthorization(configuration, parameters),
        call,
        [],
      );
      if (outcome.refusal !== undefined) throw server.refused(outcome.refusal, what, { secrets: [] });
      const { value, arrivedAt } = outcome;
      const intervalMs = (value.interval ?? defaultIntervalSeconds) * 1_000;
      return {
        userCode: value.user_code,
        verificationUrl: readWebAddress(server, value.verification_uri),
        expiresAt: new Date(arrivedAt.getTime() + value.expires_in * 1_000),
        intervalMs,
        transaction: writeTransaction(server, {
          kind: 'device',
          deviceCode: value.device_code,
          intervalMs,
          scopes,
        }),
      };
    },

    async poll(text, call: CallOptions = {}) {
      const { deviceCode, intervalMs, scopes } = readDeviceTransaction(server, text);
      const secrets = [deviceCode];
      const outcome = await server.ask(
        (configuration) => genericGrantRequest(configuration, deviceCodeGrant, { device_code: deviceCode }),
        call,
        secrets,
      );
      if (outcome.refusal === undefined) {
        const known = { scopes: scopes.length > 0 ? scopes : undefined };
        return {
          status: 'done',
          credential: toCredential(description, outcome.value, outcome.arrivedAt, known),
        };
      }
      const { code, body } = outcome.refusal;
      if (code === 'authorization_pending') return { status: 'pending', intervalMs };
      if (code !== 'slow_down') throw server.refused(outcome.refusal, what, { secrets });
      const told = readPositive(body['interval']);
      const slower = told === undefined ? intervalMs + slowDownSeconds * 1_000 : told * 1_000;
      return { status: 'pending', intervalMs: Math.max(slower, intervalMs) };
    },
  };
}

/** People are sent there: only what a browser opens as a page. */
function readWebAddress({ provider, forge }: AuthorizationServer, address: string): string {
  if (URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol)) return address;
  throw new ProviderError('invalid_response', `${forge} named no web address at which to enter the code.`, {
    provider,
    repair: { text: 'Sign in in another way.' },
  });
}
