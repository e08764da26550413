import type { Repository } from '../../world/model.js';
import type { BitbucketVersion } from '../version.js';
import type { Links } from './links.js';
import { sshUrl } from './links.js';
import { projectKey, projectWire } from './project.js';
import { userSlug } from './user.js';

export interface RepositoryView {
  readonly links: Links;
  readonly version: BitbucketVersion;
  /** What it was forked from is told to those who may see that. */
  readonly sees: (repository: Repository) => boolean;
}

/** The schema `RestRepository`. It tells neither the default branch nor any permission. */
export function repositoryWire(view: RepositoryView, repository: Repository): Record<string, unknown> {
  const { forkOf } = repository;
  const origin = forkOf !== undefined && view.sees(forkOf) ? forkOf : undefined;
  return {
    ...ownFields(view, repository),
    ...(origin === undefined ? {} : { origin: ownFields(view, origin) }),
  };
}

function ownFields({ links, version }: RepositoryView, repository: Repository): Record<string, unknown> {
  const { name, id, owner, description, visibility, archived } = repository;
  const { webUrl } = links;
  const path = `${projectKey(owner)}/${name}`.toLowerCase();
  const page =
    owner.type === 'person' ? `users/${userSlug(owner.username)}` : `projects/${projectKey(owner)}`;
  return {
    slug: name,
    id,
    name,
    ...(description === null ? {} : { description }),
    hierarchyId: id.toString(16).padStart(20, '0'),
    scmId: 'git',
    state: 'AVAILABLE',
    statusMessage: 'Available',
    forkable: true,
    project: projectWire(links, owner),
    public: visibility === 'public',
    ...(version.archives ? { archived } : {}),
    links: {
      clone: [
        { href: `${webUrl}/scm/${path}.git`, name: 'http' },
        { href: sshUrl(links, path), name: 'ssh' },
      ],
      self: [{ href: `${webUrl}/${page}/repos/${name}/browse` }],
    },
  };
}
