import type { Access } from '../world/access.js';
import { accessOf, reachOf } from '../world/access.js';
import type { Organization, Owner, Person, Repository } from '../world/model.js';
import type { World } from '../world/world.js';
import type { Installation, Installations } from './installations.js';
import { covers } from './installations.js';
import type { Policies } from './policies.js';
import type { Refusal } from './refusal.js';
import { refusals } from './refusal.js';
import type { Token, Tokens } from './tokens.js';
import { hasScope, personOf } from './tokens.js';

/** What a simulated GitHub consists of, apart from the connection. */
export interface GithubState {
  readonly world: World;
  readonly tokens: Tokens;
  readonly installations: Installations;
  readonly policies: Policies;
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

/** GitHub as one credential sees it; without a token, as anybody does. */
export class Viewer {
  readonly person: Person | undefined;

  constructor(
    readonly state: GithubState,
    readonly token: Token | undefined,
  ) {
    this.person = personOf(token);
  }

  sightOf(repository: Repository): Sight {
    if (!isOnGithub(repository)) return hidden;
    const { token, person } = this;
    if (token?.kind === 'installation') return sightOfInstallation(token.installation, repository);
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
      if (isOnGithub(repository) && this.#sight(token, repository, access).kind === 'visible')
        reached.push({ repository, access });
    return reached;
  }

  /** Why this token may not see an organization that its person belongs to. */
  barrier(organization: Organization): Refusal | undefined {
    const { token } = this;
    if (token === undefined || token.kind === 'installation') return undefined;
    if (this.needsSingleSignOn(organization)) {
      const name = token.kind === 'fine-grained' ? 'token' : credentialNames[token.kind];
      return refusals.singleSignOn(organization, name, this.state.webUrl);
    }
    return this.#restriction(token, organization);
  }

  needsSingleSignOn(organization: Organization): boolean {
    const { token, person } = this;
    if (token === undefined || person === undefined || token.kind === 'fine-grained') return false;
    return (
      this.state.policies.of(organization).singleSignOn === true &&
      this.isMember(organization) &&
      !this.state.tokens.hasSingleSignOn(token, organization)
    );
  }

  isMember(organization: Organization): boolean {
    const { person } = this;
    return person !== undefined && this.state.world.membership(organization, person)?.state === 'active';
  }

  #sight(token: Token, repository: Repository, access: Access): Sight {
    const { owner } = repository;
    if (access.level === 'none') return hidden;
    if (owner.type === 'organization' && this.needsSingleSignOn(owner)) {
      const refusal = this.barrier(owner);
      if (refusal !== undefined) return { kind: 'refused', refusal };
    }
    if (repository.visibility === 'public') return { kind: 'visible', access };
    const refusal = owner.type === 'organization' ? this.#restriction(token, owner) : undefined;
    if (refusal !== undefined) return { kind: 'refused', refusal };
    return this.#covers(token, repository) ? { kind: 'visible', access } : hidden;
  }

  /** Organizations' rules leave what is public readable. */
  #restriction(token: Token, organization: Organization): Refusal | undefined {
    const policy = this.state.policies.of(organization);
    if (token.kind === 'classic' && policy.classicTokens === 'forbidden')
      return refusals.classicForbidden(organization);
    if (token.kind === 'fine-grained' && policy.fineGrainedTokens === 'forbidden')
      return refusals.fineGrainedForbidden(organization);
    const { oauthApps = 'any' } = policy;
    if (token.kind !== 'oauth' || oauthApps === 'any') return undefined;
    const approved = token.application !== undefined && oauthApps.includes(token.application);
    return approved ? undefined : refusals.oauthRestricted(organization);
  }

  /** Whether the token reaches a repository that is not public and that its person reaches. */
  #covers(token: Token, repository: Repository): boolean {
    switch (token.kind) {
      case 'classic':
      case 'oauth':
        return hasScope(token, 'repo');
      case 'fine-grained': {
        const { resourceOwner = token.person, repositories = 'all' } = token;
        if (resourceOwner !== repository.owner || repositories === 'public') return false;
        return repositories === 'all' || repositories.includes(repository);
      }
      case 'app-user':
        return this.state.installations.of(token.application).some((each) => covers(each, repository));
      case 'installation':
        return covers(token.installation, repository);
    }
  }
}

const readOnly: Access = { level: 'read', role: undefined, sources: [{ via: 'public', level: 'read' }] };

/** An installation has no role of its own: what it may do follows from the permissions it was given. */
export function accessOfInstallation(installation: Installation): Access {
  const contents = installation.permissions['contents'];
  return contents === 'write' ? { ...readOnly, level: 'write' } : readOnly;
}

function sightOfInstallation(installation: Installation, repository: Repository): Sight {
  if (covers(installation, repository))
    return { kind: 'visible', access: accessOfInstallation(installation) };
  return repository.visibility === 'public' ? { kind: 'visible', access: readOnly } : hidden;
}

/** GitHub has no organizations within organizations: a world's nested ones, made for other forges, do not show. */
function isOnGithub({ owner }: { readonly owner: Owner }): boolean {
  return owner.type === 'person' || owner.parent === undefined;
}
