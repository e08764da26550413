import { planOf } from '../plan.js';

/**
 * Makes requests as plainly as can be: the built-in fetch, a header, the body as JSON.
 *
 * @param {import('../competition.js').Race} race
 * @param {number} concurrency how many at once
 */
export async function listBare({ forge, requests, credential }, concurrency) {
  const headers = { authorization: authorizationOf(credential), accept: 'application/json' };
  let answers = 0;
  for (const stage of planOf(forge, requests)) {
    const chains = stage.values();
    const work = async () => {
      for (const chain of chains) {
        for (const url of chain) {
          const response = await fetch(url, { headers });
          if (!response.ok) throw new Error(`${response.status} ${url}`);
          await response.json();
          answers += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
  }
  return answers;
}

/** @param {import('@anyforge/core').TokenCredential} credential */
function authorizationOf({ token, username }) {
  if (username === undefined) return `Bearer ${token}`;
  return `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`;
}
