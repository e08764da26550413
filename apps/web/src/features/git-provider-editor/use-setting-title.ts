import { gitProviderEditorTexts } from '../../texts/git-provider-editor.js';
import { useTextsOf } from '../../texts/use-texts.js';
import type { ChangedSetting } from './merge-values.js';

/** What a setting is called on the page. */
export function useSettingTitle(): (setting: ChangedSetting) => string {
  const { settings } = useTextsOf(gitProviderEditorTexts).conflict;
  return (setting) => {
    if (setting.title !== undefined) return setting.title;
    return settings[setting.key];
  };
}
