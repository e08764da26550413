import type { Route } from './route.js';

type Placed = Pick<Route, 'path' | 'method' | 'arrival'>;

/** The routes in an order in which none hides another: `/drafts/schema` before `/drafts/:id`. */
export function mostSpecificFirst<Some extends Placed>(routes: readonly Some[]): readonly Some[] {
  return routes.toSorted((one, other) => compare(keyOf(one.path), keyOf(other.path)));
}

/** Parameters come after every text. */
function keyOf(path: string): string {
  return path.replaceAll('/:', '/\u{10FFFF}');
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** The methods that some route takes at an address, as the `Allow` header has them; none where there is no route. */
export function methodsAt(routes: readonly Placed[], address: string): readonly string[] {
  const here = routes.filter(({ path }) => fits(path, address));
  if (here.length === 0) return [];
  const isRead = here.some(({ method, arrival }) => method === 'get' && arrival !== true);
  const names = here.map(({ method }) => method.toUpperCase());
  return [...new Set([...names, ...(isRead ? ['HEAD'] : []), 'OPTIONS'])].toSorted();
}

/** Whether a path, with parameters as Express has them, is that of an address. */
export function fits(path: string, address: string): boolean {
  const wanted = path.split('/');
  const given = address.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]))
  );
}
