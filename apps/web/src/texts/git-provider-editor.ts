import { gitProviderEditor as en } from './en/git-provider-editor.js';

export const gitProviderEditorTexts = { en };
