import { describe, expect, it } from '@jest/globals';
import * as core from './index.js';
import * as di from './di/index.js';
import type {
  Credential,
  ErrorKind,
  GitSession,
  Omission,
  OrganizationRef,
  Page,
  Permission,
  ProviderPlugin,
  Repository,
  RepositoryRef,
} from './index.js';

/** Type tests: what must type-check is assigned, what must not is marked; the type checker proves both. */
export function typeTests(session: GitSession, repository: Repository): unknown[] {
  const references: RepositoryRef[] = [{ id: '1' }, { path: 'acme/web' }, { id: '1', path: 'acme/web' }];
  const organizations: OrganizationRef[] = [{ id: '1' }, { path: 'acme' }];
  // @ts-expect-error a reference names an id or a path
  const nothing: RepositoryRef = {};
  // @ts-expect-error an unknown permission tells why
  const unexplained: Permission = { level: 'unknown', native: 'custom' };
  // @ts-expect-error the level is one of ours, the forge's word goes into native
  const foreign: Permission = { level: 'push', native: 'push' };
  // @ts-expect-error kinds of error are a closed set
  const kind: ErrorKind = 'teapot';
  // @ts-expect-error the model is read-only
  repository.path = 'acme/other';
  // @ts-expect-error a listing is a Paged, not an array
  const list: Repository[] = session.repositories();
  const pages: AsyncIterable<Page<Repository>> = session.repositories({ patterns: ['acme/**'] }).pages();
  const omission: Omission = { organization: { id: '7' }, reason: 'sso_required' };
  const token: Credential = { kind: 'token', token: 'secret', username: undefined };
  // @ts-expect-error an OAuth credential has an access token
  const oauth: Credential = { kind: 'oauth', token: 'secret' };
  const plugin: ProviderPlugin<{ baseUrl: string }> | undefined = undefined;
  const anyPlugin: ProviderPlugin | undefined = plugin;
  return [
    references,
    organizations,
    nothing,
    unexplained,
    foreign,
    kind,
    list,
    pages,
    omission,
    token,
    oauth,
    anyPlugin,
  ];
}

describe('the public face of the package', () => {
  it('exports exactly these values', () => {
    expect(Object.keys(core).toSorted()).toEqual([
      'ProviderError',
      'atLeast',
      'checkSchema',
      'compareLevels',
      'createPathFilter',
      'definePlugin',
      'errorPolicies',
      'errorPolicy',
      'highestLevel',
      'isCurrentBudget',
      'paged',
      'parseConfig',
      'permissionLevels',
      'reserveOf',
      'supersedesBudget',
    ]);
  });

  it('exports exactly these values from its /di entry', () => {
    expect(Object.keys(di).toSorted()).toEqual([
      'PROVIDER_PLUGIN',
      'PROVIDER_REGISTRY',
      'ProviderRegistry',
      'registerProvider',
      'registerProviderRegistry',
    ]);
  });
});
