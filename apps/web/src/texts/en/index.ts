import { common } from './common.js';
import { problems } from './problems.js';
import { locale, relativeTime } from './relative-time.js';
import { shell } from './shell.js';

/** What every screen may say, in English: loaded with the page. What one part says is a file of its own beside this. */
export const english = { locale, common, problems, relativeTime, shell };
