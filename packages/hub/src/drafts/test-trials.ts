import type {
  Clock,
  Credential,
  GitProvider,
  GitSession,
  Identity,
  OAuthHelp,
  Omission,
  TokenHelp,
} from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { checkUsername } from '../connections/token-input.js';
import type { FieldIssue } from '../errors.js';
import { ForgeProbe } from './forge-probe.js';
import type { TestOutcome, TestStepId } from './test-steps.js';

/** The sign-in that a test has to go with. */
export type TestSignIn =
  | {
      readonly state: 'none';
      /** Why the last one came to nothing. */
      readonly refusal?: Pick<TestOutcome, 'code' | 'detail' | 'repair'> | undefined;
    }
  /** The forge has said yes, and a browser session has not yet named the account. */
  | { readonly state: 'unconfirmed' }
  /** It was made at another address or with another OAuth application, and goes nowhere else. */
  | { readonly state: 'outdated' }
  | { readonly state: 'made'; readonly credential: Credential };

/** What is tested. */
export interface TestSubject {
  /** What the forge is called: `GitHub`. */
  readonly forge: string;
  /** What is missing or wrong, apart from the OAuth application. None: there is a provider. */
  readonly issues: readonly FieldIssue[];
  /** The same of the OAuth application; with any, the provider has none. */
  readonly oauthIssues: readonly FieldIssue[];
  /** What is not needed for the test, only for saving. */
  readonly laterIssues: readonly FieldIssue[];
  readonly provider: GitProvider | undefined;
  readonly tokenHelp: TokenHelp | undefined;
  readonly oauthHelp: OAuthHelp | undefined;
  readonly redirectUrl: string;
  readonly signIn: TestSignIn;
  /** Notes whose the sign-in is; undefined: nobody's any more, the forge has refused it. */
  readonly learn: (identity: Identity | undefined) => Promise<void>;
}

/** Aborted when the step takes too long, or the test ends. */
export interface TrialOptions {
  readonly signal: AbortSignal;
}

/** A test waits for no rate limit: it says that there is one. */
const maxWaitMs = 2_000;

/** The trial of each step. One object for one run: later steps go on with what earlier ones found. */
export class TestTrials {
  readonly #subject: TestSubject;
  readonly #clock: Clock;
  #probe: ForgeProbe | undefined;
  #session: GitSession | undefined;
  #identity: Identity | undefined;
  #clientRefused = false;

  constructor(subject: TestSubject, clock: Clock) {
    this.#subject = subject;
    this.#clock = clock;
  }

  readonly trials: Readonly<Record<TestStepId, (call: TrialOptions) => Promise<TestOutcome> | TestOutcome>> =
    {
      settings: () => this.#settings(),
      address: (call) => this.#address(call),
      reached: () => this.#reached(),
      forge: () => this.#forge(),
      client: (call) => this.#client(call),
      sign_in: () => this.#signIn(),
      identity: (call) => this.#whose(call),
      scopes: () => this.#scopes(),
      repositories: (call) => this.#repositories(call),
    };

  #settings(): TestOutcome {
    const { issues, laterIssues } = this.#subject;
    if (issues.length > 0) {
      return {
        status: 'failed',
        code: 'invalid_input',
        detail: inSentences(issues),
        fields: [...laterIssues, ...issues],
      };
    }
    if (laterIssues.length === 0) return { status: 'passed' };
    return {
      status: 'passed',
      detail: `Enough for a test. Before you save: ${inSentences(laterIssues)}`,
      fields: laterIssues,
    };
  }

  async #address(call: TrialOptions): Promise<TestOutcome> {
    const { provider } = this.#subject;
    if (provider === undefined) throw new Error('A test without a provider ends at its settings.');
    this.#probe = new ForgeProbe(provider, this.#clock, { ...call, maxWaitMs });
    await this.#probe.allowed();
    return { status: 'passed' };
  }

  async #reached(): Promise<TestOutcome> {
    await this.#probe?.answered();
    return { status: 'passed' };
  }

  async #forge(): Promise<TestOutcome> {
    const found = await this.#probe?.found();
    if (found === undefined) return { status: 'skipped' };
    const name = found.version === undefined ? found.product : `${found.product} ${found.version}`;
    return { status: 'passed', detail: `${name}; its API is at ${found.apiUrl}.` };
  }

  async #client(call: TrialOptions): Promise<TestOutcome> {
    const { forge, oauthIssues, provider, oauthHelp } = this.#subject;
    if (oauthIssues.length > 0) {
      this.#clientRefused = true;
      return {
        status: 'failed',
        code: 'invalid_input',
        detail: inSentences(oauthIssues),
        fields: oauthIssues,
      };
    }
    const { oauth } = provider ?? {};
    if (oauth === undefined) {
      return { status: 'skipped', detail: 'There is none: people sign in with tokens.' };
    }
    const verdict = (await oauth.checkClient?.({ ...call, maxWaitMs })) ?? 'unknown';
    if (verdict === 'accepted') return { status: 'passed' };
    if (verdict === 'unknown') {
      return { status: 'skipped', detail: `${forge} tells it only when somebody signs in.` };
    }
    this.#clientRefused = true;
    return {
      status: 'failed',
      code: 'client_rejected',
      detail: `${forge} does not know this client id, or the client secret is not the one that belongs to it.`,
      repair: {
        text: `Compare the client id with the one on ${forge}, and enter the client secret again. If it is lost, create a new one there.`,
        url: oauthHelp?.registerUrl,
      },
    };
  }

  #signIn(): TestOutcome {
    const { forge, signIn, provider, redirectUrl, oauthHelp } = this.#subject;
    const isOAuth = provider?.oauth !== undefined;
    if (signIn.state === 'made') {
      const { kind } = signIn.credential;
      if (kind === 'oauth' && this.#clientRefused) {
        return {
          status: 'skipped',
          detail: 'The sign-in was made through the OAuth application, which has to be repaired first.',
        };
      }
      this.#session = provider?.signIn(signIn.credential);
      return {
        status: 'passed',
        detail: kind === 'oauth' ? 'Through the OAuth application.' : 'With a token.',
      };
    }
    if (this.#clientRefused) {
      return {
        status: 'skipped',
        detail: 'Repair the OAuth application first, or sign in with a token.',
        repair: this.#createToken(),
      };
    }
    if (signIn.state === 'unconfirmed') {
      return {
        status: 'waiting',
        detail: `${forge} has agreed. Confirm in a browser which account it is, then run the test again.`,
      };
    }
    if (signIn.state === 'none' && signIn.refusal !== undefined) {
      return { status: 'failed', ...signIn.refusal, ...(isOAuth && { redirectUrl }) };
    }
    const why =
      signIn.state === 'outdated'
        ? 'The sign-in belongs to the address and the OAuth application that you had before, and is not sent anywhere else. '
        : '';
    return isOAuth
      ? {
          status: 'waiting',
          detail: `${why}Sign in, then run the test again. If ${forge} complains about the redirect URL, compare the one registered there with this one, letter by letter: ${redirectUrl}`,
          repair: { text: `OAuth applications are registered on ${forge}.`, url: oauthHelp?.registerUrl },
          redirectUrl,
        }
      : {
          status: 'waiting',
          detail: `${why}Sign in with a token, then run the test again.`,
          repair: this.#createToken(),
        };
  }

  /** Where a token is created, and what it has to be allowed. */
  #createToken(): TestOutcome['repair'] {
    const { forge, tokenHelp } = this.#subject;
    const [variant] = tokenHelp?.variants ?? [];
    if (variant === undefined) return undefined;
    const scopes = variant.scopes.length === 0 ? '' : `, with ${variant.scopes.join(', ')}`;
    return { text: `Create a token on ${forge}${scopes}.`, url: variant.createUrl };
  }

  async #whose(call: TrialOptions): Promise<TestOutcome> {
    const { signIn, tokenHelp, learn } = this.#subject;
    const identity = await this.#askIdentity(call);
    if (identity === undefined) return { status: 'skipped' };
    if (signIn.state === 'made' && signIn.credential.kind === 'token' && tokenHelp !== undefined) {
      checkUsername(signIn.credential.username, identity, tokenHelp);
    }
    await learn(identity);
    this.#identity = identity;
    return { status: 'passed', detail: `You are ${identity.account.username} there.` };
  }

  async #askIdentity(call: TrialOptions): Promise<Identity | undefined> {
    try {
      return await this.#session?.identity({ ...call, maxWaitMs });
    } catch (error) {
      if (ProviderError.is(error) && error.kind === 'unauthenticated') await this.#subject.learn(undefined);
      throw error;
    }
  }

  #scopes(): TestOutcome {
    const { scopes, missingScopes = [] } = this.#identity ?? {};
    const { forge, signIn, oauthHelp } = this.#subject;
    if (missingScopes.length > 0) {
      const isOAuth = signIn.state === 'made' && signIn.credential.kind === 'oauth';
      return {
        status: 'failed',
        code: 'insufficient_scope',
        detail: `Missing: ${missingScopes.join(', ')}.`,
        repair: isOAuth
          ? {
              text: 'Tick them where the OAuth application is registered, then sign in again and allow them.',
              url: oauthHelp?.registerUrl,
            }
          : this.#createToken(),
      };
    }
    if (scopes === undefined) {
      return {
        status: 'skipped',
        detail: `${forge} does not tell which scopes this sign-in has. The next step shows what it may do.`,
      };
    }
    return { status: 'passed', detail: scopes.length === 0 ? undefined : `It has: ${scopes.join(', ')}.` };
  }

  async #repositories(call: TrialOptions): Promise<TestOutcome> {
    const pages = this.#session?.repositories({}, { ...call, maxWaitMs }).pages() ?? [];
    const omitted: Omission[] = [];
    for await (const page of pages) {
      omitted.push(...(page.omitted ?? []));
      const [first] = page.items;
      if (first === undefined) continue;
      return {
        status: 'passed',
        detail: `For example ${first.path}: ${first.permission.level}.${leftOut(this.#subject.forge, omitted)}`,
      };
    }
    return {
      status: 'passed',
      detail: `The list is empty: this account reaches no repository there.${leftOut(this.#subject.forge, omitted)}`,
    };
  }
}

function leftOut(forge: string, omitted: readonly Omission[]): string {
  if (omitted.length === 0) return '';
  const names = new Set(
    omitted.map(({ organization }) => organization.path ?? 'an organization that it does not name'),
  );
  return ` ${forge} keeps back what is in ${[...names].join(', ')}.`;
}

function inSentences(issues: readonly FieldIssue[]): string {
  const sentences = issues.map(({ message }) => (/[.!?]$/.test(message) ? message : `${message}.`));
  return [...new Set(sentences)].join(' ');
}
