import type { OAuthCredential, OAuthFlow } from '@anyforge/core';
import type { Approval, OAuthClient, Person } from '@anyforge/forge-simulator';
import type { Company } from '../worlds.js';
import { makeCompany } from '../worlds.js';
import type { Forge } from './forge.js';
import type { Stage } from './stage.js';
import type { SentRequest } from './wire.js';

export const redirectUri = 'https://hub.example/oauth/callback';
export const state = 'a-state-that-nobody-guesses';

/** A sign-in that a person has consented to, or refused, and that is yet to be finished. */
export interface BegunSignIn {
  readonly url: string;
  readonly callbackUrl: string;
  readonly transaction: string;
}

/** A forge with an application registered there, and the adapter's flow for it. */
export class SignInStage {
  constructor(
    readonly stage: Stage,
    readonly company: Company,
    readonly forge: Forge,
    readonly client: OAuthClient,
    /** The part of the configuration that names the application. */
    readonly oauth: { readonly clientId: string; readonly clientSecret?: string },
    readonly flow: OAuthFlow,
  ) {}

  get ada(): Person {
    return this.company.ada;
  }

  async begin(
    approval: Partial<Approval> = {},
    flow: OAuthFlow = this.flow,
    at: string = redirectUri,
  ): Promise<BegunSignIn> {
    const { url, transaction } = await flow.start({ redirectUri: at, state });
    const callbackUrl = await this.forge.simulator.oauth.approve(url, { person: this.ada, ...approval });
    return { url, callbackUrl, transaction };
  }

  finish(
    { callbackUrl, transaction }: Omit<BegunSignIn, 'url'>,
    flow: OAuthFlow = this.flow,
  ): Promise<OAuthCredential> {
    return flow.finish({ callbackUrl, redirectUri, state, transaction });
  }

  async signIn(): Promise<OAuthCredential> {
    return this.finish(await this.begin());
  }

  /** What was sent that a lost answer must not have sent again. */
  get posts(): readonly SentRequest[] {
    return this.stage.wire.sent.filter(({ method }) => method === 'POST');
  }
}

/** Registers an application and configures the adapter with it. */
export async function prepareSignIn(
  stage: Stage,
  options: { readonly confidential?: boolean } = {},
): Promise<SignInStage> {
  const { facts } = stage.subject;
  const company = makeCompany(facts, 3);
  const forge = await stage.start(company.world);
  const client = forge.simulator.oauth.registerClient({
    name: 'anyforge',
    redirectUris: [redirectUri],
    ...facts.oauthClient,
    ...options,
  });
  const { clientId, clientSecret } = client;
  const oauth = { clientId, ...(clientSecret === undefined ? {} : { clientSecret }) };
  return new SignInStage(stage, company, forge, client, oauth, flowOf(forge, oauth));
}

/** @throws Error when the adapter has none, which its facts deny */
function flowOf(forge: Forge, oauth: object): OAuthFlow {
  const flow = forge.provider({ config: { oauth } }).oauth;
  if (flow === undefined) throw new Error('the facts declare OAuth, and the configured provider has none');
  return flow;
}
