/** A path with `:name` segments, and what it leads to. */
export interface Route<Target> {
  readonly method: string;
  readonly pattern: string;
  readonly target: Target;
}

export interface RouteMatch<Target> {
  readonly target: Target;
  /** Decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface CompiledRoute<Target> extends Route<Target> {
  readonly segments: readonly string[];
}

/** Finds the first route, in the order given, whose every segment fits. */
export class Router<Target> {
  readonly #routes: readonly CompiledRoute<Target>[];

  constructor(routes: readonly Route<Target>[]) {
    this.#routes = routes.map((route) => ({ ...route, segments: route.pattern.split('/') }));
  }

  match(method: string, path: string): RouteMatch<Target> | undefined {
    const wanted = method === 'HEAD' ? 'GET' : method;
    const segments = (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path).split('/');
    for (const route of this.#routes) {
      if (route.method !== wanted) continue;
      const parameters = fit(route.segments, segments);
      if (parameters !== undefined) return { target: route.target, parameters };
    }
    return undefined;
  }
}

function fit(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (expected.startsWith(':')) {
      const value = decode(segment);
      if (value === undefined || value === '') return undefined;
      parameters[expected.slice(1)] = value;
    } else if (expected !== segment) return undefined;
  }
  return parameters;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
