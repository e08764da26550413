import { inspect } from 'node:util';
import type { FaultEffect } from '@anyforge/forge-simulator';
import { secretOf } from '@anyforge/provider-kit';
import type { ContractCase } from '../case.js';
import { failureOf, must, mustEqual, textsOf, violated } from '../checks.js';
import { collect } from '../listing.js';
import { listen } from '../stage/forge.js';
import { makeCompany } from '../worlds.js';

/** Answers that quote the credential back, as careless forges and proxies do. */
function echoes(secret: string): Readonly<Record<string, FaultEffect>> {
  const message = `The token ${secret} is not good enough`;
  const body = {
    message,
    error: { message, detail: message },
    error_description: message,
    errors: [{ message, context: null, exceptionName: message }],
  };
  const edit = (status: number): FaultEffect => ({
    kind: 'edit',
    edit: ({ headers }) => ({
      status,
      headers: {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'x-github-request-id': secret,
        'x-request-id': secret,
        'x-arequestid': secret,
        'www-authenticate': `Bearer error_description="${message}"`,
      },
      body: JSON.stringify(body),
    }),
  });
  return {
    'a 400': edit(400),
    'a 401': edit(401),
    'a 403': edit(403),
    'a 404': edit(404),
    'a 500': edit(500),
    'a text': { kind: 'respond', status: 400, headers: { 'content-type': 'text/plain' }, body: message },
    'JSON of another shape': edit(200),
    'broken JSON': {
      kind: 'respond',
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: `{"message": "${message}`,
    },
    'a redirect': { kind: 'redirect', location: `http://127.0.0.1:1/?token=${secret}` },
  };
}

/** Where a secret may stand encoded: behind the name of a user it is not encoded as it is alone. */
const base64Run = /[A-Za-z0-9+/_-]{12,}/g;

function mustHide(value: unknown, secret: string, words: string): void {
  // Not even what is kept for a debugger holds the credential.
  const hidden = inspect(value, { depth: 20, showHidden: true, showProxy: true });
  for (const text of [...textsOf(value), hidden]) {
    const decoded = [...text.matchAll(base64Run)].map(([run]) => Buffer.from(run, 'base64').toString());
    if ([text, ...decoded].some((each) => each.includes(secret))) violated(`${words} shows the credential`);
  }
}

export const secretCases: readonly ContractCase[] = [
  {
    id: 'secrets-in-errors',
    title: 'shows the credential in no error, even when the forge quotes it',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const { session, credential } = forge.signIn(ada);
      const secret = secretOf(credential);
      for (const [name, effect] of Object.entries(echoes(secret))) {
        const fault = forge.simulator.faults.add({ match: { surface: 'api' }, times: Infinity, effect });
        for (const [what, call] of [
          ['identity', () => session.identity()],
          ['repositories', () => collect(session.repositories())],
        ] as const) {
          const failure = await failureOf(call());
          if (failure === undefined) violated(`${what} succeeded with ${name} instead of an answer`);
          mustHide(failure.reason, secret, `the error of ${what} after ${name}`);
        }
        fault.remove();
      }
    },
  },
  {
    id: 'secrets-in-network-errors',
    title: 'shows the credential in no error of the network',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const { session, credential } = forge.signIn(ada);
      await forge.simulator.close();
      const failure = await failureOf(session.identity());
      if (failure === undefined) violated('identity succeeded without a forge');
      mustHide(failure.reason, secretOf(credential), 'the error of a forge that is not there');
    },
  },
  {
    id: 'secrets-on-the-way',
    title: 'shows the credential in no event, log line, session or provider',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, facts.pageSize + 7);
      const forge = await stage.start(world);
      const credential = forge.started.issue(ada);
      const secret = secretOf(credential);
      const provider = forge.provider();
      const session = provider.signIn(credential);
      const { events, onEvent } = listen();
      for (const effect of [{ kind: 'reset' }, { kind: 'html-page' }] as const)
        forge.simulator.faults.add({ match: { surface: 'api' }, effect });
      await session.identity({ onEvent });
      const pages = [];
      for await (const page of session.repositories({}, { onEvent }).pages()) pages.push(page);
      must(events.length > 0, 'nothing was told');
      mustHide(events, secret, 'an event');
      mustHide(forge.logged, secret, 'a line of the log');
      mustHide(session, secret, 'the session');
      mustHide(provider, secret, 'the provider');
      mustHide(pages, secret, 'a page');
    },
  },
  {
    id: 'secrets-garbled',
    title: 'shows nothing of a credential that fits into no request',
    async run(stage) {
      const { world, ada } = makeCompany(stage.subject.facts, 3);
      const forge = await stage.start(world);
      const credential = forge.started.issue(ada);
      const secret = `${secretOf(credential)}\nsecond-line-Größe`;
      const garbled =
        credential.kind === 'token'
          ? { ...credential, token: secret }
          : { ...credential, accessToken: secret };
      const failure = await failureOf(forge.session(garbled).identity());
      if (failure === undefined) violated('a credential with a line break was accepted');
      mustHide(failure.reason, secret, 'the error');
      mustHide(failure.reason, 'second-line', 'the error');
    },
  },
  {
    id: 'secrets-in-addresses',
    title: 'never puts the credential into an address',
    async run(stage) {
      const { facts } = stage.subject;
      const { world, ada } = makeCompany(facts, facts.pageSize + 7);
      const forge = await stage.start(world);
      const { session, credential } = forge.signIn(ada);
      await session.identity();
      await collect(session.repositories());
      const secret = secretOf(credential);
      const shown = stage.wire.sent.filter(({ url }) => decodeURIComponent(url).includes(secret));
      mustEqual(shown.length, 0, 'the addresses that hold the credential');
    },
  },
];
