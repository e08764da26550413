export type { EmptyDatabase } from './empty-database.js';
export { emptyDatabase } from './empty-database.js';
export type { InspectableHub, StoredTraces } from './inspectable-hub.js';
export { openInspectableHub } from './inspectable-hub.js';
