/**
 * In what order a forge's requests can be made at all, however clever the client is.
 *
 * @typedef {object} Order
 * @property {readonly RegExp[]} first what has to be answered, group after group, before the rest can be known
 * @property {string} [cursor] the parameter of a page that only the page before it tells
 */

const withoutPage = /^(?!.*[?&]page=)/;

/** @type {Readonly<Record<import('./forges.js').ForgeType, Order>>} */
const orders = {
  // The first page tells which one is the last.
  github: { first: [withoutPage] },
  // Single projects here and there tell at which ids to cut the listing into pieces.
  gitlab: { first: [/[?&]per_page=1(&|$)/] },
  // The workspaces, and then how many pages each has.
  bitbucket: { first: [/\/user\/workspaces\?/, withoutPage] },
  'bitbucket-data-center': { first: [], cursor: 'start' },
  // Who asks and where they belong; then how many pages each search has.
  gitea: { first: [/^(?!.*\/repos\/search)/, /[?&]page=1(&|$)/] },
};

/**
 * Puts requests in stages, of which one is made after the other. All chains of a stage can be made at once, the
 * requests of a chain one after the other.
 *
 * @param {import('./forges.js').ForgeType} forge
 * @param {readonly string[]} requests
 * @returns {readonly (readonly (readonly string[])[])[]}
 */
export function planOf(forge, requests) {
  const { first, cursor } = orders[forge];
  /** @type {Map<string, string[]>[]} */
  const stages = Array.from({ length: first.length + 1 }, () => new Map());
  requests.forEach((url, index) => {
    const matching = first.findIndex((pattern) => pattern.test(url));
    const stage = stages[matching === -1 ? first.length : matching];
    const name = cursor === undefined ? String(index) : without(url, cursor);
    stage?.set(name, [...(stage.get(name) ?? []), url]);
  });
  return stages.map((stage) => [...stage.values()]);
}

/**
 * @param {string} url
 * @param {string} parameter
 */
function without(url, parameter) {
  const listing = new URL(url);
  listing.searchParams.delete(parameter);
  return listing.href;
}
