/**
 * Imported before oidc-provider, which tells the console, from its import on, what a provider for people needs: keys and a
 * store that last, and a newer runtime than the oldest that anyforge supports. That of a test ends with it.
 */
const advice = /oidc-provider (NOTICE|WARNING): /;

for (const level of ['info', 'warn'] as const) {
  const write = console[level].bind(console);
  console[level] = (...values: unknown[]) => {
    if (!advice.test(String(values[0]))) write(...values);
  };
}
