import { organizationSettings as en } from './en/organization-settings.js';

export const organizationSettingsTexts = { en };
