import { schemaForm as en } from './en/schema-form.js';

export const schemaFormTexts = { en };
