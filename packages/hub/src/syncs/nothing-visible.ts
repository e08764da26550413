import type { ConnectionRow } from '../store/schema.js';

/** A connection whose list counts for nothing any more: it is not shown, and no later one is compared with it. */
export const nothingVisible = {
  visible_generation: null,
  complete_generation: null,
  visible_completed_at: null,
  visible_omitted: null,
} as const satisfies Partial<ConnectionRow>;
