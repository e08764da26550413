import type { GitProvider } from '@anyforge/core';
import { definePlugin } from '@anyforge/core';
import { describe, expect, it } from '@jest/globals';
import type { Mutant } from './mutant.js';
import { runMutant } from './mutant.js';
import { alterPlugin } from './mutants/altering.js';
import type { ContractSubject } from './subject.js';

const unused = (): never => {
  throw new Error('this case starts no forge');
};

const plugin = definePlugin<unknown, GitProvider>({
  specVersion: '1',
  type: 'example',
  displayName: 'Example',
  logo: '<svg></svg>',
  documentationUrl: 'https://forge.example/docs',
  hosting: { cloud: { label: 'Example', baseUrl: 'https://forge.example' } },
  config: {
    schema: { '~standard': { version: 1, vendor: 'example', validate: (value) => ({ value }) } },
    jsonSchema: {},
  },
  tokenHelp: () => ({
    variants: [{ label: 'Token', createUrl: 'https://forge.example/new', scopes: [], username: 'none' }],
  }),
  create: unused,
});

const subject: Pick<ContractSubject, 'name' | 'plugin' | 'start'> = {
  name: 'Example',
  plugin,
  start: unused,
};

function run(change: Partial<Mutant>): Promise<void> {
  const mutant: Mutant = {
    id: 'no-name',
    title: 'has no name',
    caughtBy: 'plugin-facts',
    because: /displayName is empty/,
    break: (whole) => alterPlugin(whole, { displayName: '' }),
    ...change,
  };
  const facts = { pageSize: 1, order: () => 0, grants: { direct: [] }, optionalFields: [] };
  return runMutant(mutant, { ...subject, facts: { ...facts, capabilities } }, unused);
}

const capabilities: ContractSubject['facts']['capabilities'] = {
  resume: false,
  totals: false,
  nextLinks: false,
  omissions: false,
  untoldPermissions: false,
  anonymousLists: false,
  via: false,
  oldPaths: false,
  scopes: false,
  oauth: false,
  refresh: false,
  rotation: false,
  redirectUriAtRefresh: false,
  pkce: false,
  issuer: false,
  redirectRefusal: false,
  publicClients: false,
  revoke: false,
  checkClient: false,
  deviceFlow: false,
};

describe('a mutant', () => {
  it('is caught when its case fails for the reason that is named', async () => {
    await expect(run({})).resolves.toBeUndefined();
  });

  it('survives when its case passes', async () => {
    await expect(run({ break: (whole) => whole })).rejects.toThrow(
      'The adapter that has no name survives "says what a page needs to know, in due form" (plugin-facts).',
    );
  });

  it('is not caught by a case that fails for another reason', async () => {
    const broken = run({ break: (whole) => alterPlugin(whole, { logo: 'logo.png' }) });
    await expect(broken).rejects.toThrow('for another reason: the logo is no SVG');
  });

  it('is not caught by a case that breaks down', async () => {
    const broken = run({ break: (whole) => alterPlugin(whole, { tokenHelp: unused }) });
    await expect(broken).rejects.toThrow('but not by a check');
  });
});
