import { checkSchema } from '@anyforge/core';
import type { ContractCase } from '../case.js';
import { failureOf, must, mustEqual, mustFail } from '../checks.js';
import { turns } from '../stage/stage-clock.js';
import { makeCompany } from '../worlds.js';

const oauth = { clientId: 'client-1', clientSecret: 's3cret-of-the-client' };

/** What a value of JSON holds, however deep, with the names that lead to it. */
function* properties(
  schema: unknown,
  path = '',
): Generator<{ readonly name: string; readonly schema: object }> {
  if (typeof schema !== 'object' || schema === null) return;
  const entries: readonly [string, unknown][] = Object.entries(schema);
  for (const [name, value] of entries) {
    if (typeof value === 'object' && value !== null && path.endsWith('properties'))
      yield { name, schema: value };
    yield* properties(value, `${path}.${name}`);
  }
}

function mustBeHttps(address: string, words: string): void {
  must(
    URL.canParse(address) && new URL(address).protocol === 'https:',
    `${words} is no https address: ${address}`,
  );
}

export const pluginCases: readonly ContractCase[] = [
  {
    id: 'plugin-facts',
    title: 'says what a page needs to know, in due form',
    async run(stage) {
      const { plugin } = stage.subject;
      await Promise.resolve();
      mustEqual(plugin.specVersion, '1', 'specVersion');
      must(
        /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(plugin.type),
        `the type is no words joined by hyphens: ${plugin.type}`,
      );
      must(plugin.displayName.trim() !== '', 'displayName is empty');
      must(
        /^\s*<svg[\s>]/.test(plugin.logo) && plugin.logo.trimEnd().endsWith('</svg>'),
        'the logo is no SVG',
      );
      must(
        !/<script|javascript:|\son\w+=|href="https?:|<foreignObject/i.test(plugin.logo),
        'the logo runs or loads something',
      );
      mustBeHttps(plugin.documentationUrl, 'documentationUrl');
      const { cloud, selfHosted } = plugin.hosting;
      const addresses = [cloud?.baseUrl, selfHosted?.example].filter((each) => each !== undefined);
      must(addresses.length > 0, 'the forge exists in no form');
      for (const baseUrl of addresses) {
        mustBeHttps(baseUrl, 'an address of the hosting');
        must(checkSchema(plugin.config.schema, { baseUrl }).ok, `its own example is refused: ${baseUrl}`);
        const { variants } = plugin.tokenHelp({ baseUrl });
        must(variants.length > 0, 'nothing says how to make a token');
        for (const { label, createUrl } of variants) {
          must(label.trim() !== '', 'a kind of token has no name');
          mustBeHttps(createUrl, `where to make a ${label}`);
        }
      }
    },
  },
  {
    id: 'json-schema',
    title: 'describes its configuration as JSON Schema, with every secret marked writeOnly',
    async run(stage) {
      await Promise.resolve();
      const { jsonSchema } = stage.subject.plugin.config;
      const all = [...properties(JSON.parse(JSON.stringify(jsonSchema)))];
      const names = all.map(({ name }) => name);
      must(names.includes('baseUrl'), `baseUrl is not described among ${names.join(', ')}`);
      mustEqual(
        names.includes('clientSecret'),
        stage.subject.facts.capabilities.oauth,
        'whether clientSecret is described',
      );
      for (const { name, schema } of all)
        if (/secret|password|token|privateKey/i.test(name))
          mustEqual('writeOnly' in schema && schema.writeOnly, true, `whether ${name} is marked writeOnly`);
    },
  },
  {
    id: 'config-refused',
    title: 'refuses a configuration that is not valid, by name and without quoting it',
    async run(stage) {
      const { world } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      const { config } = forge.started;
      const wrong: Readonly<Record<string, object>> = {
        'no baseUrl': { ...config, baseUrl: undefined },
        'an empty baseUrl': { ...config, baseUrl: '' },
        'a baseUrl that is no address': { ...config, baseUrl: 's3cret-value' },
        'a baseUrl of a file': { ...config, baseUrl: 'file:///etc/s3cret-value' },
        'a baseUrl with a password': { ...config, baseUrl: 'https://ada:s3cret-value@forge.example' },
        'an unknown key': { ...config, tokne: 's3cret-value' },
        'an unknown key within oauth': { ...config, oauth: { ...oauth, clientSceret: 's3cret-value' } },
        'oauth without a client id': { ...config, oauth: { clientSecret: 's3cret-value' } },
      };
      for (const [words, value] of Object.entries(wrong)) {
        const made = (async () => Promise.resolve(stage.subject.plugin.create(value, forge.context)))();
        const error = await mustFail(made, 'invalid_config', `a configuration with ${words}`);
        must(!error.message.includes('s3cret'), `the error of ${words} quotes the value: ${error.message}`);
        must(error.message.trim() !== '', `the error of ${words} says nothing`);
      }
    },
  },
  {
    id: 'create-pure',
    title: 'creates a provider and signs in at once, without asking anybody anything',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      const { plugin } = stage.subject;
      const provider = forge.provider();
      must(!('then' in provider), 'create() gives a promise');
      provider.signIn(forge.started.issue(ada));
      provider.signIn({ get: () => Promise.reject(new Error('asked at sign-in')) });
      await turns(100);
      mustEqual(stage.wire.sent.length, 0, 'the requests of creating and signing in');
      mustEqual(stage.clock.sleeps.length, 0, 'the waits of creating and signing in');
      mustEqual(provider.type, plugin.type, "the provider's type");
      mustEqual(provider.webUrl, forge.simulator.webUrl, "the provider's web address");
      must(provider.gitUrls.length > 0, 'the provider names no address to clone from');
      const [{ httpsCloneUrl } = { httpsCloneUrl: '' }] = [
        ...(await forge
          .signIn(ada)
          .session.repositories()
          .pages()
          [Symbol.asyncIterator]()
          .next()
          .then((page) => (page.done === true ? [] : page.value.items))),
      ];
      must(
        provider.gitUrls.some((url) => httpsCloneUrl.startsWith(url)),
        `${httpsCloneUrl} begins with none of ${provider.gitUrls.join(', ')}`,
      );
    },
  },
  {
    id: 'probe',
    title: 'finds the forge and its API without a credential',
    async run(stage) {
      const { world } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      const { product, apiUrl } = await forge.provider().probe();
      must(product.trim() !== '', 'the product has no name');
      mustEqual(apiUrl, forge.simulator.apiUrl, 'the address of the API');
      for (const { headers } of stage.wire.sent)
        must(!headers.has('authorization') && !headers.has('private-token'), 'probe() sends a credential');
    },
  },
  ...[200, 401, 403, 404].map((status): ContractCase => ({
    id: `probe-stranger-${status}`,
    title: `says invalid_response where something else answers with a ${status}`,
    async run(stage) {
      const { world } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      forge.simulator.faults.add({ times: Infinity, effect: { kind: 'html-page', status } });
      await mustFail(forge.provider().probe(), 'invalid_response', `a page of a web server with ${status}`);
    },
  })),
  {
    id: 'probe-nobody',
    title: 'says network where nobody answers',
    async run(stage) {
      const { world } = makeCompany(stage.subject.facts, 1);
      const forge = await stage.start(world);
      await forge.simulator.close();
      const failure = await failureOf(forge.provider().probe());
      await mustFail(Promise.reject(failure?.reason), 'network', 'an address where nobody answers');
    },
  },
];
