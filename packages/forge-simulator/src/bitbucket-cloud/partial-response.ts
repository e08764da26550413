type Tree = Map<string, Tree>;

/**
 * What is left of an answer when `fields=` asks for a part of it: `next,values.uuid` keeps these alone,
 * `-values.links` leaves something out. Fields of a list's items are named through it.
 * @see https://developer.atlassian.com/cloud/bitbucket/rest/intro/#partial-response
 */
export function partialResponse(body: object, fields: string): object {
  const paths = fields.split(',').filter((path) => path !== '');
  const dropped = paths.filter((path) => path.startsWith('-')).map((path) => path.slice(1));
  const kept = paths.filter((path) => !/^[-+]/.test(path));
  const part = kept.length === 0 ? body : pick(body, treeOf(kept));
  return dropped.length === 0 ? part : drop(part, treeOf(dropped));
}

function treeOf(paths: readonly string[]): Tree {
  const root: Tree = new Map();
  for (const path of paths) {
    let node = root;
    for (const name of path.split('.')) {
      const next = node.get(name) ?? new Map<string, never>();
      node.set(name, next);
      node = next;
    }
  }
  return root;
}

function pick(value: object, tree: Tree): object {
  if (Array.isArray(value)) return value.map((item: unknown) => inside(item, (object) => pick(object, tree)));
  const fields = new Map<string, unknown>(Object.entries(value));
  const part: Record<string, unknown> = {};
  for (const [name, below] of tree)
    if (fields.has(name))
      part[name] =
        below.size === 0 ? fields.get(name) : inside(fields.get(name), (object) => pick(object, below));
  return part;
}

function drop(value: object, tree: Tree): object {
  if (Array.isArray(value)) return value.map((item: unknown) => inside(item, (object) => drop(object, tree)));
  const entries = Object.entries(value).flatMap(([name, field]: [string, unknown]): [string, unknown][] => {
    const below = tree.get(name);
    if (below === undefined) return [[name, field]];
    return below.size === 0 ? [] : [[name, inside(field, (object) => drop(object, below))]];
  });
  const part: Record<string, unknown> = Object.fromEntries(entries);
  return part;
}

function inside(value: unknown, change: (object: object) => object): unknown {
  return typeof value === 'object' && value !== null ? change(value) : value;
}
