import { useTexts } from '../../texts/use-texts.js';
import type { ChangedSetting } from './merge-values.js';

/** What a setting is called on the page. */
export function useSettingTitle(): (setting: ChangedSetting) => string {
  const { settings } = useTexts().gitProviderEditor.conflict;
  return (setting) => {
    if (setting.title !== undefined) return setting.title;
    return settings[setting.key];
  };
}
