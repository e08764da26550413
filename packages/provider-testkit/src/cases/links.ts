import type { ContractCase } from '../case.js';
import type { Repository } from '@anyforge/core';
import type { Person } from '@anyforge/forge-simulator';
import { secretOf } from '@anyforge/provider-kit';
import { failureOf, must, mustEqual, mustFail, mustSucceed, violated } from '../checks.js';
import { collect, mustBeWhole } from '../listing.js';
import { rehearse } from '../rehearse.js';
import type { Forge } from '../stage/forge.js';
import type { Stage } from '../stage/stage.js';
import { makeCompany } from '../worlds.js';
import type { Company } from '../worlds.js';

/** A second forge at another address, which must never hear of the first one's people. */
async function startTwo(
  stage: Stage,
  pages: number,
): Promise<Company & { readonly forge: Forge; readonly elsewhere: Forge }> {
  const { facts } = stage.subject;
  const company = makeCompany(facts, pages * facts.pageSize + 7);
  const forge = await stage.start(company.world);
  return { ...company, forge, elsewhere: await stage.start(makeCompany(facts, 3).world) };
}

function mustBeUnheardOf(elsewhere: Forge, secret: string, words: string): void {
  const told = elsewhere.simulator.log.withCredential(secret).length;
  mustEqual(told, 0, `${words}: the requests that took the credential to another origin`);
  mustEqual(elsewhere.simulator.log.entries.length, 0, `${words}: the requests to another origin`);
}

export const linkCases: readonly ContractCase[] = [
  {
    id: 'next-elsewhere',
    title: 'never follows the link to a next page to another origin',
    async run(stage) {
      const { forge, elsewhere, ada } = await startTwo(stage, 2);
      const { pagePath } = await rehearse(forge, ada);
      for (const nth of [1, 2]) {
        const url = `${elsewhere.simulator.apiUrl}${pagePath}?page=2`;
        const fault = forge.simulator.faults.add({
          match: { path: pagePath, nth },
          effect: { kind: 'next-link', url },
        });
        const { session, credential } = forge.signIn(ada);
        const words = `page ${nth} links to another origin`;
        const failure = await failureOf(collect(session.repositories()));
        mustEqual(fault.hits, 1, `${words}: how often it did`);
        mustBeUnheardOf(elsewhere, secretOf(credential), words);
        if (failure !== undefined) await mustFail(Promise.reject(failure.reason), 'invalid_response', words);
        fault.remove();
      }
    },
  },
  ...[301, 302, 307, 308].map((status): ContractCase => ({
    id: `redirect-elsewhere-${status}`,
    title: `never follows a ${status} to another origin`,
    async run(stage) {
      const { forge, elsewhere, ada } = await startTwo(stage, 0);
      const { session, credential } = forge.signIn(ada);
      await session.identity();
      const path = forge.requests[0]?.path ?? '/';
      forge.simulator.faults.add({
        match: { surface: 'api' },
        times: Infinity,
        effect: { kind: 'redirect', status, location: `${elsewhere.simulator.apiUrl}${path}` },
      });
      for (const [name, call] of [
        ['identity', () => session.identity()],
        ['repositories', () => collect(session.repositories())],
      ] as const) {
        const words = `${name}, redirected to another origin`;
        const failure = await failureOf(call());
        mustBeUnheardOf(elsewhere, secretOf(credential), words);
        if (failure === undefined) violated(`${words}: succeeded`);
        await mustFail(Promise.reject(failure.reason), 'invalid_response', words);
      }
    },
  })),
  {
    id: 'redirect-own',
    title: "follows a redirect on the forge's own origin, with the credential",
    async run(stage) {
      const { forge, ada } = await startTwo(stage, 0);
      const { session, credential } = forge.signIn(ada);
      const identity = await session.identity();
      const path = forge.requests[0]?.path ?? '/';
      forge.simulator.log.clear();
      forge.simulator.faults.add({
        match: { path },
        effect: { kind: 'redirect', status: 307, location: `${forge.simulator.apiUrl}${path}?moved=yes` },
      });
      mustEqual(await mustSucceed(session.identity(), 'a redirected call'), identity, 'the identity');
      const followed = forge.simulator.log
        .withCredential(secretOf(credential))
        .filter(({ query }) => query['moved'] === 'yes');
      mustEqual(followed.length, 1, 'the requests that followed the redirect');
    },
  },
  {
    id: 'redirect-circle',
    title: 'throws invalid_response when redirects lead in a circle',
    async run(stage) {
      const { forge, ada } = await startTwo(stage, 0);
      const most = 50;
      const fault = forge.simulator.faults.add({
        match: { surface: 'api' },
        times: most,
        effect: { kind: 'redirect', location: `${forge.simulator.apiUrl}/circle` },
      });
      const work = forge.signIn(ada).session.identity();
      await mustFail(work, 'invalid_response', 'a call that is redirected in a circle');
      must(fault.hits < most, `followed ${fault.hits} redirects`);
    },
  },
  {
    id: 'link-loop',
    title: 'throws invalid_response when the pages lead in a circle, and never goes round',
    async run(stage) {
      const { forge, ada } = await startTwo(stage, 2);
      const { pagePath } = await rehearse(forge, ada);
      for (const nth of [1, 2]) {
        const most = 15;
        const fault = forge.simulator.faults.add({
          match: { path: pagePath, nth },
          times: most,
          effect: { kind: 'link-loop' },
        });
        const words = `page ${nth} leads to itself`;
        const failure = await failureOf(collect(forge.signIn(ada).session.repositories()));
        must(fault.hits > 0, `${words}: no page was met`);
        must(fault.hits < most, `${words}: went round in a circle ${fault.hits} times`);
        if (failure === undefined) violated(`${words}: the listing ends as if that were its end`);
        await mustFail(Promise.reject(failure.reason), 'invalid_response', words);
        fault.remove();
      }
    },
  },
  {
    id: 'page-added',
    title: 'loses nothing when a repository is added between two pages',
    async run(stage) {
      const { facts } = stage.subject;
      const { forge, ada, acme, world } = await startTwo(stage, 2);
      const { count } = await rehearse(forge, ada);
      for (let nth = 2; nth <= Math.min(count, 5); nth += 1) {
        const before = new Set([...world.repositories].map((each) => forge.names.repositoryId(each)));
        forge.simulator.faults.add({
          match: { surface: 'api', nth },
          effect: {
            kind: 'run',
            action: () => {
              const added = world.addRepository({ owner: acme, name: `aaa-${nth}` });
              world.grant({ to: ada, on: added, level: facts.grants.direct[0] ?? 'read' });
            },
          },
        });
        const listed = await listMoving(forge, ada);
        mustBeWhole(
          listed.filter(({ id }) => before.has(id)),
          forge,
          ada,
          ({ name }) => name !== `aaa-${nth}`,
        );
      }
    },
  },
  {
    id: 'page-removed',
    title: 'loses nothing else when a repository is deleted between two pages',
    async run(stage) {
      const { forge, ada, world } = await startTwo(stage, 2);
      const { count } = await rehearse(forge, ada);
      const deleteListed = ([, , gone]: readonly Repository[]): void => {
        const repository = [...world.repositories].find(
          (each) => forge.names.repositoryId(each) === gone?.id,
        );
        if (repository !== undefined) world.deleteRepository(repository);
      };
      const mustHoldTheRest = (listed: readonly Repository[]): void => {
        const left = new Set([...world.repositories].map((each) => forge.names.repositoryId(each)));
        mustBeWhole(
          listed.filter(({ id }) => left.has(id)),
          forge,
          ada,
        );
      };
      mustHoldTheRest(await listMoving(forge, ada, deleteListed));
      for (let nth = 2; nth <= Math.min(count, 5); nth += 1) {
        const before = await collect(forge.signIn(ada).session.repositories());
        forge.simulator.faults.add({
          match: { surface: 'api', nth },
          effect: {
            kind: 'run',
            action: () => {
              deleteListed(before);
            },
          },
        });
        mustHoldTheRest(await listMoving(forge, ada));
      }
    },
  },
];

/**
 * What changes while it is listed may come twice, and what has moved later than its turn.
 *
 * @param change called when the first page has come
 */
async function listMoving(
  forge: Forge,
  person: Person,
  change: (first: readonly Repository[]) => void = () => undefined,
): Promise<readonly Repository[]> {
  const listed: Repository[] = [];
  for await (const { items } of forge.signIn(person).session.repositories().pages()) {
    if (listed.length === 0) change(items);
    listed.push(...items);
  }
  const once = new Map(listed.map((each) => [each.id, each]));
  return [...once.values()].toSorted(forge.subject.facts.order);
}
