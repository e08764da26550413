import type { Owner, Person, Project, Repository } from '../../world/model.js';
import { uuidOf } from '../uuid.js';
import { owner } from './account.js';
import type { Links } from './links.js';
import { link, segment, timestamp } from './links.js';

/** How repositories look to somebody: the clone addresses name the person. */
export interface RepositoryView {
  readonly links: Links;
  /** 'https://ada@bitbucket.org' */
  readonly httpsRoot: string;
  /** 'git@bitbucket.org' */
  readonly sshRoot: string;
}

export function repositoryView(links: Links, person: Person | undefined): RepositoryView {
  const { protocol, host, hostname } = new URL(links.webUrl);
  const user = person === undefined ? '' : `${encodeURIComponent(person.username)}@`;
  return { links, httpsRoot: `${protocol}//${user}${host}`, sshRoot: `git@${hostname}` };
}

/** The schema `repository` in short, as permissions and forks name one. */
export function briefRepository(links: Links, repository: Repository): Record<string, unknown> {
  const uuid = uuidOf('repository', repository.id);
  return {
    type: 'repository',
    uuid,
    name: repository.name,
    full_name: repository.path,
    links: {
      self: link(`${links.apiUrl}/repositories/${repository.path}`),
      html: link(`${links.webUrl}/${repository.path}`),
      avatar: link(avatarOf(links, uuid)),
    },
  };
}

/** The schema `repository`. An empty one has no main branch. */
export function repositoryObject(view: RepositoryView, repository: Repository): Record<string, unknown> {
  const { links } = view;
  const { forkOf, visibility, empty, defaultBranch } = repository;
  return {
    ...briefRepository(links, repository),
    description: repository.description ?? '',
    is_private: visibility !== 'public',
    fork_policy: visibility === 'public' ? 'allow_forks' : 'no_public_forks',
    scm: 'git',
    size: empty ? 0 : 65_536,
    language: '',
    has_issues: false,
    has_wiki: false,
    created_on: timestamp(repository.createdAt),
    updated_on: timestamp(latest(repository.updatedAt, repository.pushedAt)),
    mainbranch: empty ? null : { type: 'branch', name: defaultBranch },
    owner: owner(links, repository.owner),
    project: projectObject(links, repository.owner, repository.project),
    ...(forkOf === undefined ? {} : { parent: briefRepository(links, forkOf) }),
    links: repositoryLinks(view, repository),
  };
}

function repositoryLinks({ links, httpsRoot, sshRoot }: RepositoryView, repository: Repository): object {
  const self = `${links.apiUrl}/repositories/${repository.path}`;
  return {
    self: link(self),
    html: link(`${links.webUrl}/${repository.path}`),
    avatar: link(avatarOf(links, uuidOf('repository', repository.id))),
    commits: link(`${self}/commits`),
    downloads: link(`${self}/downloads`),
    forks: link(`${self}/forks`),
    hooks: link(`${self}/hooks`),
    pullrequests: link(`${self}/pullrequests`),
    watchers: link(`${self}/watchers`),
    clone: [
      { name: 'https', href: `${httpsRoot}/${repository.path}.git` },
      { name: 'ssh', href: `${sshRoot}:${repository.path}.git` },
    ],
  };
}

/** Every repository is in a project: in the workspace's own where the world says none. */
function projectObject(links: Links, workspace: Owner, project: Project | undefined): object {
  const key = project?.key ?? 'PROJ';
  return {
    type: 'project',
    uuid: uuidOf('project', project?.id ?? workspace.id),
    key,
    name: project?.name ?? 'Untitled project',
    links: {
      html: link(`${links.webUrl}/${workspace.path}/workspace/projects/${key}`),
      avatar: link(`${links.webUrl}/${workspace.path}/workspace/projects/${key}/avatar/32`),
    },
  };
}

function avatarOf(links: Links, uuid: string): string {
  return `${links.webUrl}/ravatar/${segment(uuid)}`;
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}
