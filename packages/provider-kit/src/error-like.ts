/**
 * Whether something thrown is an error. Not by `instanceof`: errors of the runtime itself may come from another
 * realm than this code (test runners, `vm`), and a `DOMException` need not inherit from our `Error`.
 */
export function isErrorLike(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'name' in value && 'message' in value;
}
