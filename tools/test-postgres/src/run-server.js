// @ts-check
import { execFile, spawn } from 'node:child_process';
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** @typedef {{ readonly url: string, stop(): Promise<void> }} Server */
/** @typedef {{ readonly uid: number, readonly gid: number }} Owner */

const execute = promisify(execFile);

/** PostgreSQL refuses to run as root; whom root runs it as instead, the first that there is. */
const others = ['postgres', 'nobody'];

/** Nothing outlives a test, so that nothing needs to survive a power cut. */
const settings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_connections=200',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
];

/**
 * Makes a database folder in the temporary folder and runs a server on it, on a free port of 127.0.0.1, for whoever
 * has the password in its address.
 *
 * @param {import('./installations.js').Installation} installation
 * @returns {Promise<Server>}
 */
export async function runServer({ postgres, initdb }) {
  const owner = await ownerForRoot();
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-postgres-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const password = randomBytes(16).toString('hex');
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, quicklyVerified(password), { mode: 0o600 });
    if (owner !== undefined) {
      for (const path of [folder, passwordFile]) await chown(path, owner.uid, owner.gid);
    }
    const data = join(folder, 'data');
    const flags = ['--username=postgres', '--auth=password', `--pwfile=${passwordFile}`];
    await execute(
      initdb,
      ['--pgdata', data, '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions', ...flags],
      { ...owner, cwd: folder },
    );
    const port = await freePort();
    const child = await start(postgres, ['-D', data, '-p', String(port)], { ...owner, cwd: folder });
    return {
      url: `postgresql://postgres:${password}@127.0.0.1:${String(port)}/postgres`,
      stop: async () => {
        await end(child);
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * What PostgreSQL keeps of a password, in place of what it would make of it: a random one needs no slow hash, which costs
 * each of the thousands of connections that tests make as much as everything else about it.
 *
 * @param {string} password
 * @see https://www.rfc-editor.org/rfc/rfc5802#section-3
 */
function quicklyVerified(password) {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, 1, 32, 'sha256');
  /** @param {string} name */
  const key = (name) => createHmac('sha256', salted).update(name).digest();
  const storedKey = createHash('sha256').update(key('Client Key')).digest('base64');
  return `SCRAM-SHA-256$1:${salt.toString('base64')}$${storedKey}:${key('Server Key').toString('base64')}`;
}

/** @returns {Promise<Owner | undefined>} */
async function ownerForRoot() {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of others) {
    const ids = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await execute('id', [flag, name])).stdout)),
    ).catch(() => undefined);
    const [uid, gid] = ids ?? [];
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error(
    `PostgreSQL does not run as root, and there is no user ${others.join(' or ')} to run it as`,
  );
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port');
  return address.port;
}

/**
 * Resolves when it takes connections.
 *
 * @param {string} postgres @param {readonly string[]} flags @param {Partial<Owner> & { readonly cwd: string }} options
 */
async function start(postgres, flags, options) {
  const child = spawn(postgres, [...flags, ...settings.flatMap((setting) => ['-c', setting])], {
    ...options,
    // Its words are looked for below.
    env: { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`It ended at once: ${said.trim()}`));
    });
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      said = (said + text).slice(-4000);
      if (said.includes('database system is ready to accept connections')) resolve(undefined);
    });
  });
  return child;
}

/** At once, without a checkpoint: the data goes too. @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGQUIT');
  await exited;
}
