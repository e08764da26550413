// @ts-check
// Starts a GitHub Enterprise Server of its own on this machine, for trying main.js without an account.
import { generateWorld, startGithubSimulator } from '@anyforge/forge-simulator';

const { world, viewer } = generateWorld({ repositories: 250 });
const github = await startGithubSimulator({ world, profile: 'enterprise-server' });
const token = github.tokens.issue({
  kind: 'classic',
  person: viewer,
  scopes: ['repo', 'read:org', 'read:user'],
  expiresAt: new Date(Date.now() + 30 * 24 * 60 * 60 * 1000),
});

console.log('A GitHub Enterprise Server that only this machine can reach. Press Ctrl+C to stop it. Try:\n');
console.log(`echo ${token} | node examples/list-repositories/main.js github --base-url ${github.webUrl}`);
