export type { InspectableHub, StoredTraces } from './inspectable-hub.js';
export { openInspectableHub } from './inspectable-hub.js';
