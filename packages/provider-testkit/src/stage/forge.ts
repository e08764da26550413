import type {
  CallEvent,
  Credential,
  CredentialSource,
  GitProvider,
  GitSession,
  ProviderContext,
} from '@anyforge/core';
import type { LoggedRequest, Person, World } from '@anyforge/forge-simulator';
import { WholeServer } from '../server.js';
import type { ContractSubject, ForgeNames, StartedForge } from '../subject.js';

/** What was said to the logger of a context. */
export interface LoggedLine {
  readonly fields: object;
  readonly message: string;
}

const usualNames: ForgeNames = {
  repositoryId: ({ id }) => String(id),
  repositoryPath: ({ path }) => path,
  repositoryPage: ({ path }) => path,
  accountId: ({ id }) => String(id),
  organizationId: ({ id }) => String(id),
  organizationPath: ({ path }) => path,
};

/** A forge that runs, and the adapter under test in front of it. */
export class Forge {
  readonly simulator: WholeServer;
  readonly names: ForgeNames;

  constructor(
    readonly subject: ContractSubject,
    readonly world: World,
    readonly started: StartedForge,
    readonly context: ProviderContext,
    /** Everything that any provider of this forge has logged. */
    readonly logged: readonly LoggedLine[],
  ) {
    this.simulator = new WholeServer(started.simulator);
    this.names = { ...usualNames, ...subject.facts.names };
  }

  /** A provider of its own, as in a new process. */
  provider(changes: { readonly config?: object; readonly context?: ProviderContext } = {}): GitProvider {
    const context = { ...this.context, ...changes.context };
    return this.subject.plugin.create({ ...this.started.config, ...changes.config }, context);
  }

  /** A session of a provider of its own, as this person, with a new credential. */
  signIn(person: Person): { readonly session: GitSession; readonly credential: Credential } {
    const credential = this.started.issue(person);
    return { session: this.session(credential), credential };
  }

  session(credentials: Credential | CredentialSource, options?: { readonly key: string }): GitSession {
    return this.provider().signIn(credentials, options);
  }

  /** The requests to the API so far. */
  get requests(): readonly LoggedRequest[] {
    return this.simulator.log.entries.filter(({ surface }) => surface === 'api');
  }
}

/** Collects what is told while a call runs. */
export function listen(): { readonly events: CallEvent[]; readonly onEvent: (event: CallEvent) => void } {
  const events: CallEvent[] = [];
  return {
    events,
    onEvent: (event) => {
      events.push(event);
    },
  };
}
