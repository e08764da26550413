import type { Repository } from '@anyforge/core';
import type { Repository as WorldRepository } from '@anyforge/forge-simulator';
import type { ContractCase } from '../case.js';
import { collect, collectPages, mustBeWhole, reachIn } from '../listing.js';
import { must, mustEqual } from '../checks.js';
import { organizationsQuestion, permissionsQuestion } from '../questions.js';
import type { Forge } from '../stage/forge.js';
import type { Facts } from '../subject.js';
import { makeCompany } from '../worlds.js';

/** What not all forges tell: a listing has it as the world does, or not at all. */
function mustTell(found: Repository, expected: WorldRepository, { untold = [] }: Facts): void {
  const { updatedAt, pushedAt } = expected;
  const told = {
    archived: { actual: found.archived, expected: expected.archived, silent: false },
    // A forge may mark what is a fork, and nothing else.
    fork: { actual: found.fork ?? false, expected: expected.forkOf !== undefined, silent: false },
    defaultBranch: { actual: found.defaultBranch, expected: expected.defaultBranch, silent: undefined },
    updatedAt: {
      actual: found.updatedAt,
      expected: updatedAt < pushedAt ? pushedAt : updatedAt,
      silent: undefined,
    },
  };
  for (const [name, { actual, expected: known, silent }] of Object.entries(told)) {
    const isUntold = untold.some((field) => field === name);
    mustEqual(actual, isUntold ? silent : known, `${name} of ${found.path}`);
  }
  mustEqual(
    found.sshCloneUrl === undefined,
    untold.includes('sshCloneUrl'),
    `whether ${found.path} has no address to clone from over SSH`,
  );
}

/** Its addresses are the forge's, and this repository's alone. */
function mustLeadTo(found: Repository, expected: WorldRepository, forge: Forge): void {
  const { path, webUrl, httpsCloneUrl, sshCloneUrl } = found;
  for (const url of [webUrl, httpsCloneUrl])
    must(
      forge.simulator.origins.includes(new URL(url).origin),
      `an address of ${path} is not on the forge: ${url}`,
    );
  mustEqual(new URL(httpsCloneUrl).username, '', 'the user in the address to clone from');
  const page = forge.names.repositoryPage(expected);
  for (const [address, end] of [
    [webUrl, `/${page}`],
    [httpsCloneUrl, `/${path}.git`],
    ...(sshCloneUrl === undefined ? [] : [[sshCloneUrl, `/${path}.git`]]),
  ] as const) {
    const shown = decodeURI(address)
      .replace(/\/$/, '')
      .replace(/^git@[^/:]+:/, '/');
    must(shown.toLowerCase().endsWith(end.toLowerCase()), `an address of ${path} leads elsewhere: ${shown}`);
  }
}

export const listingCases: readonly ContractCase[] = [
  {
    id: 'listing-whole',
    title: 'holds every repository that the account reaches, once and in order, over many pages',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 2 * facts.pageSize + 7);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      mustBeWhole(await collect(session.repositories()), forge, ada);
    },
  },
  {
    id: 'listing-order',
    title: 'keeps its order, whatever the order in which answers come',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 3 * facts.pageSize + 7);
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      stage.wire.reverseAnswers();
      mustBeWhole(await collect(session.repositories()), forge, ada);
    },
  },
  {
    id: 'listing-fields',
    title: 'tells of each repository what the forge does',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada, repositories } = makeCompany(facts, 15);
      // The day on which it was made is another one.
      for (const each of repositories.slice(0, 3)) world.updateRepository(each, { description: 'New words' });
      const forge = await stage.start(world);
      const { session } = forge.signIn(ada);
      const listed = new Map((await collect(session.repositories())).map((each) => [each.id, each]));
      for (const expected of reachIn(forge, ada).keys()) {
        const path = forge.names.repositoryPath(expected);
        const found = listed.get(forge.names.repositoryId(expected));
        must(found !== undefined, `${path} is not listed`);
        mustEqual(found.path, path, 'the path');
        mustEqual(`${found.namespace}/${found.name.toLowerCase()}`, path.toLowerCase(), 'namespace and name');
        mustEqual(found.visibility, expected.visibility, `the visibility of ${path}`);
        mustEqual(found.description ?? '', expected.description ?? '', `the description of ${path}`);
        must(
          found.permission.native.trim() !== '',
          `the forge's own word for the permission on ${path} is missing`,
        );
        mustTell(found, expected, facts);
        mustLeadTo(found, expected, forge);
      }
    },
  },
  {
    id: 'listing-empty',
    title: 'is empty for an account that reaches nothing',
    async run(stage) {
      const { world } = makeCompany(stage.subject.facts, 3);
      const stranger = world.addPerson({ username: 'stranger' });
      const forge = await stage.start(world);
      const { session } = forge.signIn(stranger);
      mustEqual(await collect(session.repositories()), [], 'the repositories of a stranger');
    },
  },
  ...[
    { id: 'listing-one', words: 'one repository', pages: 0, more: 1 },
    { id: 'listing-full-page', words: 'exactly one page', pages: 1, more: 0 },
    { id: 'listing-full-pages', words: 'exactly two pages', pages: 2, more: 0 },
    { id: 'listing-page-and-one', words: 'one more than a page', pages: 1, more: 1 },
  ].map(({ id, words, pages, more }): ContractCase => ({
    id,
    title: `is whole where it holds ${words}`,
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, pages * facts.pageSize + more);
      const forge = await stage.start(world);
      mustBeWhole(await collect(forge.signIn(ada).session.repositories()), forge, ada);
    },
  })),
  ...[organizationsQuestion, permissionsQuestion].map(({ name, prepare }): ContractCase => ({
    id: `${name}-long`,
    title: `is whole where ${name} fill several pages`,
    async run(stage) {
      const scene = prepare(stage.subject.facts);
      const forge = await stage.start(scene.world);
      const check = await scene.ask(forge, forge.signIn(scene.person).session);
      check();
    },
  })),
  {
    id: 'listing-totals',
    title: 'tells how many repositories there are in all',
    needs: ['totals'],
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, 2 * facts.pageSize + 7);
      const forge = await stage.start(world);
      for (const { total } of await collectPages(forge.signIn(ada).session.repositories()))
        mustEqual(total, reachIn(forge, ada).size, 'the total of a page');
    },
  },
  {
    id: 'listing-no-totals',
    title: 'tells no total, as declared',
    lacks: ['totals'],
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, facts.pageSize + 7);
      const forge = await stage.start(world);
      for (const { total } of await collectPages(forge.signIn(ada).session.repositories()))
        mustEqual(total, undefined, 'the total of a page, which the facts say is not told');
    },
  },
];
