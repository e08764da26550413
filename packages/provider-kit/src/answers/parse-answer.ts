import type { StandardSchema } from '@anyforge/core';
import { checkSchema, ProviderError } from '@anyforge/core';

const mostPaths = 3;

/**
 * Turns what a forge answered into a typed value.
 *
 * @param what names the answer for people: 'the list of repositories'
 * @param value undefined: the answer was no JSON
 * @throws ProviderError `invalid_response`, naming where it is wrong and never what is there
 */
export function parseAnswer<T>(provider: string, what: string, schema: StandardSchema<T>, value: unknown): T {
  const result = checkSchema(schema, value);
  if (result.ok) return result.value;
  if (value === undefined) {
    throw new ProviderError(
      'invalid_response',
      `Something else came instead of ${what}: it may be a page of a proxy, or of a maintenance.`,
      {
        provider,
        repair: {
          text: 'Try again later. If it goes on, check the address, and whether a proxy answers in its place.',
        },
      },
    );
  }
  const paths = [...new Set(result.issues.map(({ path }) => path || 'its root'))];
  const shown = paths.slice(0, mostPaths).join(', ');
  const more = paths.length > mostPaths ? ` and ${paths.length - mostPaths} more places` : '';
  throw new ProviderError(
    'invalid_response',
    `The answer with ${what} is not in a shape that is known, at ${shown}${more}.`,
    {
      provider,
      repair: {
        text: 'Check that the address is right, and that the version that answers there is supported.',
      },
    },
  );
}
