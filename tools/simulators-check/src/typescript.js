// @ts-check
import { register } from 'node:module';

/** Runs TypeScript sources as they are, those of the workspace's packages too: `node --import` this. */
register('./typescript-hooks.js', import.meta.url);
