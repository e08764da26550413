import type { PermissionLevel } from '@anyforge/core';
import { secretOf } from '@anyforge/provider-kit';
import type { ContractSubject } from '../index.js';
import { makeExamplePlugin } from './plugin.fixture.js';
import { examplePageSize, startExampleSimulator } from './simulator.fixture.js';

const levels: readonly PermissionLevel[] = ['read', 'triage', 'write', 'maintain', 'admin'];

/** @param signsIn whether people can sign in with OAuth */
export function exampleSubject(name: string, signsIn: boolean): ContractSubject {
  return {
    name,
    plugin: makeExamplePlugin(signsIn),
    facts: {
      capabilities: {
        resume: true,
        totals: false,
        nextLinks: true,
        omissions: false,
        untoldPermissions: false,
        anonymousLists: false,
        via: false,
        oldPaths: false,
        scopes: false,
        oauth: signsIn,
        refresh: signsIn,
        rotation: signsIn,
        redirectUriAtRefresh: false,
        pkce: signsIn,
        issuer: signsIn,
        redirectRefusal: false,
        publicClients: signsIn,
        revoke: false,
        checkClient: false,
        deviceFlow: false,
      },
      pageSize: examplePageSize,
      order: (one, other) => Number(one.id) - Number(other.id),
      grants: {
        personal: ['admin'],
        direct: levels,
        outside: levels,
        team: levels,
        member: levels,
        base: levels,
        owner: ['admin'],
        everybody: levels,
      },
      optionalFields: ['description', 'archived', 'fork', 'default_branch'],
    },
    async start(options) {
      const simulator = await startExampleSimulator(options);
      return {
        simulator,
        config: { baseUrl: simulator.webUrl },
        issue: (person) => ({ kind: 'token', token: simulator.tokens.issue({ person }) }),
        revoke: (credential) => {
          simulator.tokens.revoke(secretOf(credential));
        },
      };
    },
  };
}
