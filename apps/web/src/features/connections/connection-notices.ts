import type { Connection, Omission } from '@anyforge/client';

type Warning = Exclude<NonNullable<Connection['expiry']>['warning'], 'none'>;

/** What a person should know of their sign-in, and can do something about. */
export type ConnectionNotice =
  | { readonly kind: 'attention'; readonly reason: string; readonly since: string }
  | {
      readonly kind: 'expiry';
      readonly warning: Warning;
      readonly at: string;
      readonly credential: Connection['kind'];
    }
  | { readonly kind: 'scopes'; readonly scopes: readonly string[] }
  | { readonly kind: 'omissions'; readonly omitted: readonly Omission[] };

/** The most urgent first. What is not used any more has nothing else to say. */
export function noticesOf(connection: Connection): readonly ConnectionNotice[] {
  const { kind, needsAttention, expiry, missingScopes = [], visible } = connection;
  if (needsAttention !== undefined) return [{ kind: 'attention', ...needsAttention }];
  const omitted = visible?.omitted ?? [];
  const notices: (ConnectionNotice | false)[] = [
    expiry !== undefined &&
      expiry.warning !== 'none' && {
        kind: 'expiry',
        warning: expiry.warning,
        at: expiry.at,
        credential: kind,
      },
    missingScopes.length > 0 && { kind: 'scopes', scopes: missingScopes },
    omitted.length > 0 && { kind: 'omissions', omitted },
  ];
  return notices.filter((notice) => notice !== false);
}

/** Whether one has to act before anything works again, soon, or at leisure. */
export function urgencyOf(notice: ConnectionNotice): 'now' | 'soon' | 'later' {
  switch (notice.kind) {
    case 'attention':
      return 'now';
    case 'expiry':
      return notice.warning === 'expired' ? 'now' : notice.warning === '30-days' ? 'later' : 'soon';
    case 'scopes':
      return 'soon';
    case 'omissions':
      return 'later';
  }
}
