import type { ConnectionWriter } from '../connections/connection-writer.js';
import type { GitProviderPool } from '../git-providers/git-provider-pool.js';
import { findGitProvider } from '../git-providers/git-provider-pool.js';
import type { Resources } from '../resources.js';
import type {
  FinishedSignIn,
  SignInEnding,
  SignInReference,
  SignInSubject,
  SignInTarget,
} from './sign-in-target.js';

/** Sign-ins that become people's connections. */
export class ConnectionTarget implements SignInTarget {
  readonly #resources: Resources;
  readonly #pool: GitProviderPool;
  readonly #writer: ConnectionWriter;

  constructor(resources: Resources, pool: GitProviderPool, writer: ConnectionWriter) {
    this.#resources = resources;
    this.#pool = pool;
    this.#writer = writer;
  }

  async open({ gitProviderId }: SignInReference): Promise<SignInSubject> {
    const row = await findGitProvider(this.#resources.store.database, gitProviderId);
    return { provider: this.#pool.get(row), name: row.name, settingsVersion: row.version };
  }

  async keep(reference: SignInReference, signIn: FinishedSignIn, ending: SignInEnding): Promise<void> {
    const { caller, credential, identity, settingsVersion } = signIn;
    const { id, name } = await findGitProvider(this.#resources.store.database, reference.gitProviderId);
    await this.#writer.establish(
      { caller, provider: { id, name, version: settingsVersion }, credential, identity },
      { ending },
    );
  }
}
