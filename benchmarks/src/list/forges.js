/**
 * @typedef {'github' | 'gitlab' | 'bitbucket' | 'bitbucket-data-center' | 'gitea'} ForgeType
 *
 * @typedef {object} Contestant what people use today, the plainest program that could be written, or anyforge
 * @property {string} name
 * @property {string} script in `contestants`
 * @property {'repositories' | 'answers'} counts what it says it has found
 * @property {number} rounds of which the median counts
 *
 * @typedef {object} Goal
 * @property {string} against the name of a contestant
 * @property {number} ratio anyforge is to be at least that many times faster
 * @property {boolean} [requestsToo] and to make no more requests
 *
 * @typedef {object} Forge
 * @property {ForgeType} type
 * @property {readonly Contestant[]} contestants besides anyforge
 * @property {readonly Goal[]} goals
 */

/** @type {Contestant} */
export const anyforge = { name: 'anyforge', script: 'anyforge.js', counts: 'repositories', rounds: 3 };

/**
 * They make the very requests that anyforge made, as many at once as it had under way at its most. The sequential one
 * takes long and hardly varies.
 *
 * @type {readonly Contestant[]}
 */
const bare = [
  { name: 'bare, sequential', script: 'bare-sequential.js', counts: 'answers', rounds: 1 },
  { name: 'bare, parallel', script: 'bare-parallel.js', counts: 'answers', rounds: 3 },
];

/**
 * Next to nothing is to be lost to the work besides the requests.
 *
 * @type {Goal}
 */
const nearBare = { against: 'bare, parallel', ratio: 1 / 1.3 };

/** @type {readonly Forge[]} */
export const forges = [
  {
    type: 'github',
    contestants: [
      { name: 'octokit.paginate', script: 'octokit.js', counts: 'repositories', rounds: 3 },
      ...bare,
    ],
    goals: [{ against: 'octokit.paginate', ratio: 5, requestsToo: true }, nearBare],
  },
  {
    type: 'gitlab',
    contestants: [
      { name: 'Gitbeaker once per level', script: 'gitbeaker.js', counts: 'repositories', rounds: 3 },
      ...bare,
    ],
    goals: [{ against: 'Gitbeaker once per level', ratio: 4 }, nearBare],
  },
  { type: 'bitbucket', contestants: bare, goals: [nearBare] },
  { type: 'bitbucket-data-center', contestants: bare, goals: [nearBare] },
  { type: 'gitea', contestants: bare, goals: [nearBare] },
];

/**
 * @param {readonly string[] | undefined} only types; all forges when not given
 * @returns {readonly Forge[]}
 */
export function chooseForges(only) {
  const types = forges.map(({ type }) => type);
  const strange = (only ?? []).filter((name) => !types.some((type) => type === name));
  if (strange.length > 0)
    throw new Error(`There is no forge called ${strange.join(', ')}. There are: ${types.join(', ')}`);
  return forges.filter(({ type }) => only === undefined || only.includes(type));
}
