import type { Access } from '../world/access.js';
import { accessOf, reachOf } from '../world/access.js';
import type { OAuthServer } from '../oauth/server.js';
import type { Organization, Owner, Person, Repository } from '../world/model.js';
import type { World } from '../world/world.js';
import type { Installation, Installations } from './installations.js';
import { covers } from './installations.js';
import type { Policies } from './policies.js';
import type { Refusal } from './refusal.js';
import { refusals } from './refusal.js';
import { restriction } from './restrictions.js';
import type { Token, Tokens } from './tokens.js';
import { hasScope, personOf } from './tokens.js';

/** What a simulated GitHub consists of, apart from the connection. */
export interface GithubState {
  readonly world: World;
  readonly tokens: Tokens;
  readonly installations: Installations;
  readonly policies: Policies;
  readonly oauth: OAuthServer;
  readonly webUrl: string;
}

export type Sight =
  | { readonly kind: 'visible'; readonly access: Access }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface ReachedRepository {
  readonly repository: Repository;
  readonly access: Access;
}

const hidden: Sight = { kind: 'hidden' };
const credentialNames = { classic: 'Personal Access token', oauth: 'OAuth token', 'app-user': 'OAuth token' };

/** What anybody has on what is public. */
const readOnly: Access = { level: 'read', role: undefined, sources: [{ via: 'public', level: 'read' }] };

/** An installation has no role of its own: answers to it tell every permission of a repository as false. */
const withoutRole: Access = { level: 'none', role: undefined, sources: [] };

/** GitHub as one credential sees it from one address; without a token, as anybody does. */
export class Viewer {
  readonly person: Person | undefined;

  constructor(
    readonly state: GithubState,
    readonly token: Token | undefined,
    readonly address: string,
  ) {
    this.person = personOf(token);
  }

  sightOf(repository: Repository): Sight {
    const { token, person } = this;
    if (token?.kind === 'installation') return this.#sightOfInstallation(token.installation, repository);
    if (token === undefined || person === undefined)
      return repository.visibility === 'public' ? { kind: 'visible', access: readOnly } : hidden;
    return this.#sight(token, repository, accessOf(this.state.world, person, repository));
  }

  /** Everything the person has a grant on that this token may show, in no order. */
  reach(): readonly ReachedRepository[] {
    const { token, person } = this;
    if (token === undefined || person === undefined) return [];
    const reached: ReachedRepository[] = [];
    for (const [repository, access] of reachOf(this.state.world, person))
      if (this.#sight(token, repository, access).kind === 'visible') reached.push({ repository, access });
    return reached;
  }

  /** An account's repositories, as far as this token may see them. */
  *visibleOf(owner: Owner): Generator<ReachedRepository> {
    for (const repository of this.state.world.repositoriesOf(owner)) {
      const sight = this.sightOf(repository);
      if (sight.kind === 'visible') yield { repository, access: sight.access };
    }
  }

  /** Why this token may not see what an organization shows to nobody but those who belong to it. */
  barrier(organization: Organization): Refusal | undefined {
    return this.#signOnBarrier(organization) ?? this.#restriction(organization, false);
  }

  /** Why this token may not even see what an organization shows to everybody: because its person is a member. */
  publicBarrier(organization: Organization): Refusal | undefined {
    if (!this.isMember(organization)) return undefined;
    return this.#signOnBarrier(organization) ?? this.#restriction(organization, true);
  }

  needsSingleSignOn(organization: Organization): boolean {
    const { token, person } = this;
    if (token === undefined || person === undefined || token.kind === 'fine-grained') return false;
    const { singleSignOn = false } = this.state.policies.of(organization);
    return (
      singleSignOn !== false &&
      this.isMember(organization) &&
      !this.state.tokens.hasSingleSignOn(token, organization)
    );
  }

  isMember(organization: Organization): boolean {
    const { person } = this;
    return person !== undefined && this.state.world.membership(organization, person)?.state === 'active';
  }

  /**
   * Whether the token, where it is of a kind that has permissions, has this one on an account. An application has it
   * where it is installed.
   */
  hasPermission(permission: string, account: Owner): boolean {
    const { token, state } = this;
    if (token === undefined || token.kind === 'classic' || token.kind === 'oauth') return true;
    if (token.kind === 'fine-grained')
      return (
        (token.resourceOwner ?? token.person) === account && token.permissions?.[permission] !== undefined
      );
    const installations =
      token.kind === 'installation' ? [token.installation] : state.installations.of(token.application);
    return installations.some(
      (each) => each.account === account && each.permissions[permission] !== undefined,
    );
  }

  /** What a token without a permission hears. */
  withoutPermission(): Refusal {
    return this.token?.kind === 'fine-grained' ? refusals.notForToken() : refusals.notForIntegration();
  }

  #sight(token: Token, repository: Repository, access: Access): Sight {
    const { owner } = repository;
    if (access.level === 'none') return hidden;
    const isPublic = repository.visibility === 'public';
    if (owner.type === 'organization') {
      const refusal = isPublic ? this.publicBarrier(owner) : this.barrier(owner);
      if (refusal !== undefined) return { kind: 'refused', refusal };
    }
    return isPublic || this.#covers(token, repository) ? { kind: 'visible', access } : hidden;
  }

  #sightOfInstallation(installation: Installation, repository: Repository): Sight {
    const visible: Sight = { kind: 'visible', access: withoutRole };
    if (!covers(installation, repository)) return repository.visibility === 'public' ? visible : hidden;
    const { owner } = repository;
    const refusal = owner.type === 'organization' ? this.barrier(owner) : undefined;
    return refusal === undefined ? visible : { kind: 'refused', refusal };
  }

  #signOnBarrier(organization: Organization): Refusal | undefined {
    const { token, state } = this;
    if (token === undefined || token.kind === 'installation' || token.kind === 'fine-grained')
      return undefined;
    if (!this.needsSingleSignOn(organization)) return undefined;
    if (state.policies.of(organization).singleSignOn === 'hidden') return refusals.notFound();
    return refusals.singleSignOn(organization, credentialNames[token.kind], state.webUrl);
  }

  #restriction(organization: Organization, isPublic: boolean): Refusal | undefined {
    const { token, address, state } = this;
    if (token === undefined) return undefined;
    const policy = state.policies.of(organization);
    return restriction({ organization, policy, token, address, isPublic, webUrl: state.webUrl });
  }

  /** Whether the token reaches a repository that is not public and that its person reaches. */
  #covers(token: Token, repository: Repository): boolean {
    switch (token.kind) {
      case 'classic':
      case 'oauth':
        return hasScope(token, 'repo');
      case 'fine-grained': {
        const { resourceOwner = token.person, repositories = 'all' } = token;
        if (resourceOwner !== repository.owner) return false;
        return repositories === 'all' || token.selected.has(repository);
      }
      case 'app-user':
        return this.state.installations.of(token.application).some((each) => covers(each, repository));
      case 'installation':
        return covers(token.installation, repository);
    }
  }
}
