// @ts-check
// Prints who a token acts as and every repository with what that account may do there.
//
//   node main.js FORGE [--base-url URL] [--api-url URL] [--username NAME] [--organization PATH]…
//   with the token on standard input
import { ProviderError } from '@anyforge/core';
import { bitbucketDataCenterPlugin, bitbucketPlugin } from '@anyforge/provider-bitbucket';
import { giteaPlugin } from '@anyforge/provider-gitea';
import { githubPlugin } from '@anyforge/provider-github';
import { gitlabPlugin } from '@anyforge/provider-gitlab';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

/** @type {Readonly<Record<string, import('@anyforge/core').ProviderPlugin>>} */
const plugins = Object.fromEntries(
  [githubPlugin, gitlabPlugin, bitbucketPlugin, bitbucketDataCenterPlugin, giteaPlugin].map((plugin) => [
    plugin.type,
    plugin,
  ]),
);

// Whoever reads the output may stop early: `… | head`.
process.stdout.on('error', (error) => {
  process.exit('code' in error && error.code === 'EPIPE' ? 0 : 1);
});
try {
  await main();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

/** @param {unknown} error */
function explain(error) {
  if (!(error instanceof Error)) return String(error);
  const repair = ProviderError.is(error) ? error.details.repair : undefined;
  return [error.message.replace(/\.?$/, '.'), repair?.text, repair?.url].filter(Boolean).join(' ');
}

async function main() {
  const { plugin, config, username, organizations } = readArguments();
  if (process.stdin.isTTY) console.error('Paste the token, then press Enter and Ctrl+D.');
  const token = (await text(process.stdin)).trim();
  if (token === '') throw new Error('Give the token on standard input.');

  const session = plugin.create(config).signIn({ kind: 'token', token, username });
  const { account, scopes, missingScopes, expiresAt } = await session.identity({ onEvent: tellWaiting });
  console.log(`Signed in:     ${account.username} (${printable(account.displayName ?? account.kind)})`);
  console.log(`Scopes:        ${scopes?.join(', ') ?? 'the forge does not tell'}`);
  if (missingScopes?.length) console.log(`Missing:       ${missingScopes.join(', ')}`);
  console.log(`Expires:       ${expiresAt?.toISOString() ?? 'never, or the forge does not tell'}`);
  console.log(`Organizations: ${await listOrganizations(session)}`);
  await printRepositories(session, organizations);
}

/** Names are anybody's text; a terminal would obey some of it. @param {string} text */
function printable(text) {
  return text.replaceAll(/\p{Cc}/gu, '');
}

function readArguments() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      'base-url': { type: 'string' },
      'api-url': { type: 'string' },
      username: { type: 'string' },
      organization: { type: 'string', multiple: true, default: [] },
    },
  });
  const [type = '', ...others] = positionals;
  const plugin = Object.hasOwn(plugins, type) ? plugins[type] : undefined;
  if (plugin === undefined || others.length > 0)
    throw new Error(`Name a forge: ${Object.keys(plugins).join(', ')}.`);
  const baseUrl = values['base-url'] ?? plugin.hosting.cloud?.baseUrl;
  if (baseUrl === undefined)
    throw new Error(
      `Say where your ${plugin.displayName} is: --base-url ${plugin.hosting.selfHosted?.example}`,
    );
  const apiUrl = values['api-url'];
  return {
    plugin,
    // A configuration has only what its forge knows.
    config: apiUrl === undefined ? { baseUrl } : { baseUrl, apiUrl },
    username: values.username,
    organizations: values.organization.map((path) => ({ path })),
  };
}

/** @param {import('@anyforge/core').GitSession} session */
async function listOrganizations(session) {
  const paths = [];
  try {
    for await (const { path } of session.organizations()) paths.push(path);
  } catch (error) {
    // Repositories can be listed without the right to list organizations.
    if (!ProviderError.is(error) || !['insufficient_scope', 'forbidden'].includes(error.kind)) throw error;
    return `not told. ${error.details.repair?.text ?? error.message}`;
  }
  return paths.join(', ') || 'none';
}

/**
 * @param {import('@anyforge/core').GitSession} session
 * @param {readonly import('@anyforge/core').OrganizationRef[]} organizations all when there are none
 */
async function printRepositories(session, organizations) {
  let count = 0;
  /** @type {Map<string, string>} */
  const leftOut = new Map();
  for await (const { items, omitted = [] } of session
    .repositories({ organizations }, { onEvent: tellWaiting })
    .pages()) {
    for (const { path, visibility, permission } of items) {
      count += 1;
      console.log(`${permission.level.padEnd(9)} ${visibility.padEnd(9)} ${path}`);
    }
    for (const { organization, reason, url = '' } of omitted) {
      leftOut.set('id' in organization ? organization.id : organization.path, `(${reason}) ${url}`);
    }
  }
  console.log(`${count} repositories.`);
  for (const [organization, why] of leftOut) console.error(`Left out: organization ${organization} ${why}`);
}

/** @param {import('@anyforge/core').CallEvent} event */
function tellWaiting(event) {
  if (event.kind === 'waiting') console.error(`Waiting for a rate limit until ${event.until.toISOString()}…`);
}
