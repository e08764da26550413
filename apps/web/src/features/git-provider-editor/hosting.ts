import type { ProviderType } from '@anyforge/client';
import { readText } from '../../components/schema-form/config-values.js';
import type { ConfigValues } from '../../components/schema-form/config-values.js';

/** Where a git provider is: at the forge's own address, or at one that somebody runs it at. */
export type HostingForm = 'cloud' | 'self-hosted';

type Hosting = ProviderType['hosting'];

/** The form that a config has: the forge's own address says that it is not self-hosted. */
export function hostingFormOf({ cloud, selfHosted }: Hosting, config: ConfigValues): HostingForm {
  if (cloud === undefined) return 'self-hosted';
  if (selfHosted === undefined) return 'cloud';
  return isSameAddress(readText(config, 'baseUrl'), cloud.baseUrl) ? 'cloud' : 'self-hosted';
}

/** Whether there is a choice. */
export function hasBothForms({ cloud, selfHosted }: Hosting): boolean {
  return cloud !== undefined && selfHosted !== undefined;
}

/** Whether a forge that has one address of its own is reached through another. */
export function isElsewhere({ cloud }: Hosting, config: ConfigValues): boolean {
  return cloud !== undefined && !isSameAddress(readText(config, 'baseUrl'), cloud.baseUrl);
}

function isSameAddress(left: string, right: string): boolean {
  if (!URL.canParse(left) || !URL.canParse(right)) return left === right;
  return new URL(left).href === new URL(right).href;
}
