/**
 * @typedef {object} TraceEvent of Chromium's tracing; times in microseconds
 * @property {string} name
 * @property {string} ph
 * @property {number} pid
 * @property {number} tid
 * @property {number} [dur]
 * @property {{ readonly name?: string }} [args]
 */

const taskNames = new Set(['RunTask', 'ThreadControllerImpl::RunTask']);

/**
 * How long the longest task of a page's main thread took, in milliseconds.
 *
 * @param {Buffer} trace
 */
export function longestTask(trace) {
  /** @type {{ readonly traceEvents: readonly TraceEvent[] }} */
  const { traceEvents } = JSON.parse(trace.toString('utf8'));
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${String(pid)}/${String(tid)}`),
  );
  const lengths = traceEvents
    .filter(({ name, pid, tid }) => taskNames.has(name) && mainThreads.has(`${String(pid)}/${String(tid)}`))
    .map(({ dur = 0 }) => dur / 1_000);
  if (lengths.length === 0) throw new Error('The trace tells of no task.');
  return lengths.reduce((longest, length) => Math.max(longest, length), 0);
}
