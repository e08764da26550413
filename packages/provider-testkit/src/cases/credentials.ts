import type { Credential, CredentialSource } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { secretOf } from '@anyforge/provider-kit';
import type { ContractCase } from '../case.js';
import { must, mustEqual, mustFail, mustSucceed, textsOf } from '../checks.js';
import { collect, mustBeWhole } from '../listing.js';
import { rehearse } from '../rehearse.js';
import type { Forge } from '../stage/forge.js';
import { makeCompany } from '../worlds.js';

/** A credential of the same form that the forge has never issued. */
function wrongOne(credential: Credential): Credential {
  const wrong = (secret: string): string => `${secret.slice(0, -4)}0000`;
  return credential.kind === 'token'
    ? { ...credential, token: wrong(credential.token) }
    : { ...credential, accessToken: wrong(credential.accessToken) };
}

/** Has the forge do something just before it answers the nth request to its API. */
function atRequest(forge: Forge, nth: number, action: () => void): void {
  forge.simulator.faults.add({ match: { surface: 'api', nth }, effect: { kind: 'run', action } });
}

export const credentialCases: readonly ContractCase[] = [
  {
    id: 'wrong-credential',
    title: 'says unauthenticated to a credential that the forge does not know, whatever is asked',
    async run(stage) {
      const { world, ada, repositories } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const session = forge.session(wrongOne(forge.started.issue(ada)));
      const path = repositories[0] && forge.names.repositoryPath(repositories[0]);
      await mustFail(session.identity(), 'unauthenticated', 'identity');
      await mustFail(collect(session.repositories()), 'unauthenticated', 'repositories');
      await mustFail(collect(session.organizations()), 'unauthenticated', 'organizations');
      await mustFail(session.repository({ path: path ?? '' }), 'unauthenticated', 'repository');
      await mustFail(collect(session.permissions({ path: path ?? '' })), 'unauthenticated', 'permissions');
    },
  },
  {
    id: 'revoked-midway',
    title: 'throws unauthenticated when the credential is revoked in the middle of a listing',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 2 * facts.pageSize + 7);
      const forge = await stage.start(world);
      const { positions, count } = await rehearse(forge, ada);
      for (const nth of positions) {
        const { session, credential } = forge.signIn(ada);
        atRequest(forge, nth, () => {
          forge.started.revoke(credential);
        });
        const words = `a listing whose credential is revoked at request ${nth} of ${count}`;
        const error = await mustFail(collect(session.repositories()), 'unauthenticated', words);
        must((error.details.repair?.text ?? '') !== '', `${words}: nothing says what to do`);
      }
    },
  },
  {
    id: 'revoked-anonymous',
    title: 'takes a list of nothing for nobody as unauthenticated, not as empty',
    needs: ['anonymousLists'],
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const { session, credential } = forge.signIn(ada);
      forge.started.revoke(credential);
      await mustFail(collect(session.repositories()), 'unauthenticated', 'repositories, for nobody');
      await mustFail(collect(session.organizations()), 'unauthenticated', 'organizations, for nobody');
    },
  },
  {
    id: 'rotation-midway',
    title: 'takes the current credential for every request, also in the middle of a listing',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 2 * facts.pageSize + 7);
      const forge = await stage.start(world);
      const { count } = await rehearse(forge, ada);
      const old = forge.started.issue(ada);
      let current = old;
      const source: CredentialSource = { get: () => Promise.resolve(current) };
      forge.simulator.onRequest(({ surface }) => {
        // From the second request on the old one is no good; the first has its answer by then.
        if (surface !== 'api' || current !== old) return;
        current = forge.started.issue(ada);
      });
      const listing = forge.provider().signIn(source).repositories();
      mustBeWhole(await mustSucceed(collect(listing), 'listing while the credential changes'), forge, ada);
      const withOld = forge.simulator.log.withCredential(secretOf(old)).length;
      const withNew = forge.simulator.log.withCredential(secretOf(current)).length;
      must(withOld >= 1 && withOld < count, `${withOld} of ${count} requests carried the old credential`);
      must(withNew >= 1, 'no request carried the new credential');
    },
  },
  {
    id: 'renewed-midway',
    title: 'has a refused credential renewed and goes on where it was',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 2 * facts.pageSize + 7);
      const forge = await stage.start(world);
      const { positions, count } = await rehearse(forge, ada);
      for (const nth of positions) {
        const old = forge.started.issue(ada);
        let current = old;
        let refreshes = 0;
        const source: CredentialSource = {
          get: () => Promise.resolve(current),
          renew: (rejected) => {
            if (rejected === current) {
              refreshes += 1;
              current = forge.started.issue(ada);
            }
            return Promise.resolve(current);
          },
        };
        atRequest(forge, nth, () => {
          forge.started.revoke(old);
        });
        const words = `a listing whose credential must be renewed at request ${nth} of ${count}`;
        const listed = await mustSucceed(collect(forge.session(source).repositories()), words);
        mustBeWhole(listed, forge, ada);
        mustEqual(refreshes, 1, `${words}: the renewals`);
      }
    },
  },
  {
    id: 'renewed-once',
    title: 'takes a second refusal as final, and asks for one renewal only',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const wrong = wrongOne(forge.started.issue(ada));
      let renewals = 0;
      const source: CredentialSource = {
        get: () => Promise.resolve(wrong),
        renew: () => {
          renewals += 1;
          return Promise.resolve(wrong);
        },
      };
      const work = forge.session(source).identity();
      await mustFail(work, 'unauthenticated', 'a credential that is refused after its renewal');
      mustEqual(renewals, 1, 'the renewals asked for');
    },
  },
  {
    id: 'renewal-refused',
    title: 'passes on what a source says of its renewal',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const wrong = wrongOne(forge.started.issue(ada));
      const refusal = new ProviderError('unauthenticated', 'The grant has ended.', { provider: 'any' });
      const source: CredentialSource = {
        get: () => Promise.resolve(wrong),
        renew: () => Promise.reject(refusal),
      };
      const error = await mustFail(forge.session(source).identity(), 'unauthenticated', 'a refused renewal');
      mustEqual(error.message, refusal.message, 'the words of the refusal');
    },
  },
  {
    id: 'source-fails',
    title: 'says unavailable when the credential cannot be had, and not what was said of it',
    async run(stage) {
      const { world } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const source: CredentialSource = {
        get: () => Promise.reject(new Error('the vault with s3cret-t0ken is sealed')),
      };
      const session = forge.session(source);
      for (const [name, call] of [
        ['identity', () => session.identity()],
        ['repositories', () => collect(session.repositories())],
        ['gitCredential', () => session.gitCredential()],
      ] as const) {
        const error = await mustFail(call(), 'unavailable', `${name} without a credential`);
        must(
          !textsOf(error).some((text) => text.includes('s3cret-t0ken')),
          `${name} shows what the source said`,
        );
      }
      mustEqual(stage.wire.sent.length, 0, 'the requests without a credential');
    },
  },
  {
    id: 'git-credential',
    title: 'gives git the credential that is current when git asks',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      let current = forge.started.issue(ada);
      const asked: unknown[] = [];
      const session = forge.session({
        get: (options) => {
          asked.push(options?.validForMs);
          return Promise.resolve(current);
        },
      });
      for (const turn of ['first', 'second']) {
        const given = await session.gitCredential({ validForMs: 1_000 });
        mustEqual(asked.at(-1), 1_000, 'how long the credential for git is asked to be good for');
        const secret = given.kind === 'basic' ? given.password : given.token;
        must(
          secret === secretOf(current),
          `what git is given at its ${turn} turn is not the current credential`,
        );
        if (given.kind === 'basic') must(given.username !== '', 'git is given no user name');
        current = forge.started.issue(ada);
      }
    },
  },
];
