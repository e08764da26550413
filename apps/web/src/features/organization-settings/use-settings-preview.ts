import type { OrganizationSettings, OrganizationSettingsPreview } from '@anyforge/client';
import { ApiError } from '@anyforge/client';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { previewQuery } from '../../api/organization-settings.js';
import { useApi } from '../../api/use-api.js';
import { typedPatterns } from './pattern-order.js';

export interface Preview {
  /** Undefined: it has not come yet. */
  readonly data: OrganizationSettingsPreview | undefined;
  /** Whether what is shown is of other settings than what is typed. */
  readonly isUpdating: boolean;
  /** Null: there is none, or it is about patterns. */
  readonly error: unknown;
  /** Whether patterns have to be corrected first. */
  readonly isWrong: boolean;
  /** What is wrong with the pattern at a position. */
  readonly issueAt: (position: number) => string | undefined;
}

const askAfterMs = 350;

/** What settings would do, asked as they are typed; a question that has been overtaken is called off. */
export function useSettingsPreview(
  gitProviderId: string | undefined,
  settings: OrganizationSettings,
): Preview {
  const api = useApi();
  const [settled] = useDebouncedValue(settings, askAfterMs);
  const typed = typedPatterns(settled.patterns);
  const { data, error, isFetching } = useQuery({
    ...previewQuery(api, gitProviderId ?? '', {
      organizations: settled.organizations,
      patterns: typed.map(({ pattern }) => pattern),
    }),
    enabled: gitProviderId !== undefined,
  });
  const issues = error instanceof ApiError ? error.fields : [];
  const isOfPatterns = issues.length > 0 && issues.every(({ path }) => /^patterns\.\d+$/.test(path));
  return {
    data,
    isUpdating:
      isFetching ||
      settled.organizations !== settings.organizations ||
      settled.patterns !== settings.patterns,
    error: isOfPatterns ? null : error,
    isWrong: isOfPatterns,
    issueAt: (position) => {
      const sent = typed.findIndex((one) => one.position === position);
      return issues.find(({ path }) => path === `patterns.${sent}`)?.message;
    },
  };
}
