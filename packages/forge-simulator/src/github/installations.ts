import type { Owner, Repository } from '../world/model.js';
import type { TokenPermissions } from './permissions.js';

/** A GitHub App installed on an account. */
export interface Installation {
  readonly id: number;
  /** The app's slug. */
  readonly application: string;
  readonly account: Owner;
  readonly repositories: 'all' | ReadonlySet<Repository>;
  readonly permissions: TokenPermissions;
}

export interface NewInstallation {
  readonly application: string;
  readonly account: Owner;
  /** All of the account's repositories when not given. */
  readonly repositories?: 'all' | readonly Repository[];
  /** Beside `metadata: 'read'`. */
  readonly permissions?: TokenPermissions;
}

const firstId = 501;

/** Every app's, as far as answers and tokens tell it. */
export const applicationId = 1;

/** Where which GitHub App is installed. */
export class Installations {
  readonly #installations = new Map<number, Installation>();
  #nextId = firstId;
  #revision = 0;

  get revision(): number {
    return this.#revision;
  }

  add({ application, account, repositories = 'all', permissions = {} }: NewInstallation): Installation {
    this.#revision += 1;
    const installation: Installation = {
      id: this.#nextId,
      application,
      account,
      repositories: repositories === 'all' ? 'all' : new Set(repositories),
      permissions: { metadata: 'read', ...permissions },
    };
    this.#nextId += 1;
    this.#installations.set(installation.id, installation);
    return installation;
  }

  remove(installation: Installation): boolean {
    this.#revision += 1;
    return this.#installations.delete(installation.id);
  }

  byId(id: number): Installation | undefined {
    return this.#installations.get(id);
  }

  of(application: string): readonly Installation[] {
    return [...this.#installations.values()].filter((each) => each.application === application);
  }
}

/** Whether an installation may reach a repository. */
export function covers(installation: Installation, repository: Repository): boolean {
  if (installation.account !== repository.owner) return false;
  return installation.repositories === 'all' || installation.repositories.has(repository);
}
