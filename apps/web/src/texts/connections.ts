import { connections as en } from './en/connections.js';

export const connectionsTexts = { en };
