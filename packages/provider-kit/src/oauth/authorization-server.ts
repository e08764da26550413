import type { CallOptions } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { ClientAuth, ServerMetadata } from 'openid-client';
import {
  allowInsecureRequests,
  ClientError,
  ClientSecretPost,
  Configuration,
  customFetch,
  None,
  ResponseBodyError,
} from 'openid-client';
import { toProviderError } from '../answers/to-provider-error.js';
import type { TransportOptions } from '../transport/transport.js';
import { createTransport } from '../transport/transport.js';
import type { OAuthClient, OAuthDescription, OAuthRequest } from './description.js';
import type { Refusal } from './refusal.js';
import { toRefusalError } from './refusal.js';
import { toStandardAnswer } from './standard-answer.js';

export interface OAuthFlowOptions {
  readonly description: OAuthDescription;
  readonly client: OAuthClient;
  /** What the adapter makes its transports of. Of the profile, only the name and what it says of rate limits is heeded here. */
  readonly transport: Pick<TransportOptions, 'provider' | 'origins' | 'profile' | 'context'>;
}

/** What became of a question: the forge's answer, or what it refused it with. */
type Outcome<T> =
  | { readonly value: T; readonly arrivedAt: Date; readonly refusal?: undefined }
  | { readonly refusal: Refusal };

/** The forge's authorization server, as one client sees it. */
export interface AuthorizationServer {
  readonly provider: string;
  /** What people call the forge, in sentences. */
  readonly forge: string;
  readonly description: OAuthDescription;
  readonly client: OAuthClient;
  /** For what is only computed, such as an authorization URL. */
  readonly configuration: Configuration;
  /**
   * Puts one question through openid-client, whose requests are sent once and never again.
   *
   * @param secrets what the question holds beside the client's secret
   */
  ask<T>(
    question: (configuration: Configuration) => Promise<T>,
    call: CallOptions,
    secrets: readonly string[],
    options?: { readonly mayBeEmpty: boolean },
  ): Promise<Outcome<T>>;
  /** Sends a request of the forge's own making, and tells the status of the answer. */
  send(request: OAuthRequest, call: CallOptions, secrets: readonly string[]): Promise<number>;
  /** The error for a refusal of `what`. */
  refused(
    refusal: Refusal,
    what: string,
    hidden: { readonly secrets: readonly string[]; readonly redirectUri?: string | undefined },
  ): ProviderError;
}

/** Kept as failures of the transport: they say nothing of what was asked, and pass. */
const passingStatuses: ReadonlySet<number> = new Set([408, 429]);

export function createAuthorizationServer(options: OAuthFlowOptions): AuthorizationServer {
  const { description, client } = options;
  const { provider, profile, context } = options.transport;
  const { forge } = profile;
  const ownSecrets = secretsOf(client);
  const transport = createTransport({
    ...options.transport,
    profile: {
      ...profile,
      errors: profile.errors.filter(({ kind }) => kind === 'rate_limited'),
      accepts: ({ status }) => status < 500 && !passingStatuses.has(status),
    },
    key: `oauth client ${client.clientId}`,
  });

  return {
    provider,
    forge,
    description,
    client,
    configuration: configure(description, client),

    async ask(question, call, secrets, { mayBeEmpty } = { mayBeEmpty: false }) {
      call.signal?.throwIfAborted();
      const fetch = transport.fetch(call, { secrets: [...ownSecrets, ...secrets] });
      let arrivedAt = context.clock.now();
      let answered: Pick<Refusal, 'status' | 'requestId'> = {};
      const configuration = configure(description, client);
      configuration[customFetch] = async (url, { method, headers, body }) => {
        const response = await fetch(url, { method, headers: withoutAgent(headers), body: body ?? null });
        arrivedAt = context.clock.now();
        const requestId = response.headers.get(profile.requestIdHeader) ?? undefined;
        answered = { status: response.status, requestId };
        return toStandardAnswer({ provider, forge }, response, { mayBeEmpty });
      };
      try {
        return { value: await question(configuration), arrivedAt };
      } catch (error) {
        call.signal?.throwIfAborted();
        if (error instanceof ResponseBodyError) return { refusal: toRefusal(error, answered) };
        if (error instanceof ClientError && error.code !== undefined) throw unusable(provider, forge);
        throw toProviderError(provider, error, call.signal);
      }
    },

    async send({ method, url, headers, body }, call, secrets) {
      call.signal?.throwIfAborted();
      const fetch = transport.fetch(call, { secrets: [...ownSecrets, ...secrets] });
      const { status } = await fetch(url, { method, headers, body });
      return status;
    },

    refused: (refusal, what, { secrets, redirectUri }) =>
      toRefusalError(refusal, {
        provider,
        forge,
        errors: description.errors,
        what,
        secrets: [...ownSecrets, ...secrets],
        redirectUri,
      }),
  };
}

/**
 * The value of an HTTP Basic header for a client, encoded as a form would be: what the standard asks for, and the same
 * as the plain words for ids and secrets of letters, digits, `-`, `_` and `.`, for forges that do not decode.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
export function basicAuthorization({ clientId, clientSecret = '' }: OAuthClient): string {
  const encode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString('base64')}`;
}

function configure(description: OAuthDescription, client: OAuthClient): Configuration {
  const { issuer, authorizationUrl, tokenUrl, revocation, deviceAuthorizationUrl } = description;
  const server: ServerMetadata = {
    issuer,
    authorization_endpoint: authorizationUrl,
    token_endpoint: tokenUrl,
    ...(revocation?.style === 'standard' && { revocation_endpoint: revocation.url }),
    ...(deviceAuthorizationUrl !== undefined && { device_authorization_endpoint: deviceAuthorizationUrl }),
  };
  const configuration = new Configuration(server, client.clientId, {}, authenticate(description, client));
  // The transport has timeouts of its own, on the context's clock.
  configuration.timeout = 0;
  // A forge in one's own network may have no TLS: whoever configured its address decided that.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated only to make it stand out
  if (new URL(tokenUrl).protocol === 'http:') allowInsecureRequests(configuration);
  return configuration;
}

function authenticate({ clientAuthentication }: OAuthDescription, client: OAuthClient): ClientAuth {
  if (client.clientSecret === undefined) return None();
  if (clientAuthentication === 'post') return ClientSecretPost(client.clientSecret);
  return (_server, _client, _body, headers) => {
    headers.set('authorization', basicAuthorization(client));
  };
}

function secretsOf(client: OAuthClient): readonly string[] {
  if (client.clientSecret === undefined) return [];
  const basic = basicAuthorization(client);
  return [client.clientSecret, basic, basic.slice('Basic '.length)];
}

/** The transport names the program that asks. */
function withoutAgent(headers: Readonly<Record<string, string>>): Headers {
  const sent = new Headers(headers);
  sent.delete('user-agent');
  return sent;
}

function toRefusal(
  { error, error_description: description, cause }: ResponseBodyError,
  answered: Pick<Refusal, 'status' | 'requestId'>,
): Refusal {
  return { code: error, description, body: cause, ...answered };
}

/** Without what openid-client says, which quotes the answer and its tokens. */
function unusable(provider: string, forge: string): ProviderError {
  return new ProviderError('invalid_response', `The answer of ${forge} lacks what a sign-in needs.`, {
    provider,
    repair: { text: `Check that the address is that of ${forge}, and that its version is supported.` },
  });
}
