/** What a detail may be. Nothing else gets into the trail. */
export interface AuditDetailTypes {
  /** A name, a path, a word of ours: at most `maximumText` characters are kept. */
  readonly text: string;
  readonly texts: readonly string[];
  readonly number: number;
  readonly flag: boolean;
}

export type AuditDetailType = keyof AuditDetailTypes;

export interface ActionDescription {
  /**
   * Who may look it up besides those it is about: `administrators` all of them, `nobody` else.
   */
  readonly audience: 'administrators' | 'nobody';
  /** Every detail that is kept. */
  readonly details: Readonly<Record<string, AuditDetailType>>;
}

/**
 * Everything that the trail tells of, and what it tells. Details name things, count them, and say how; none has room
 * for a token, a password or a link, and what is not named here is not written.
 */
export const auditActions = {
  'person.created': { audience: 'administrators', details: { username: 'text', role: 'text' } },
  'person.updated': { audience: 'administrators', details: { username: 'text', changed: 'texts' } },
  'person.role_changed': { audience: 'administrators', details: { username: 'text', role: 'text' } },
  'person.invited': { audience: 'administrators', details: { username: 'text' } },
  'person.joined': { audience: 'administrators', details: { username: 'text', how: 'text' } },
  'person.password_reset': {
    audience: 'administrators',
    details: { username: 'text', connections: 'number', sessions: 'number' },
  },
  'person.deleted': { audience: 'administrators', details: { username: 'text', connections: 'number' } },

  'git_provider.created': { audience: 'administrators', details: { name: 'text', type: 'text' } },
  'git_provider.updated': {
    audience: 'administrators',
    details: { name: 'text', changed: 'texts', parkedConnections: 'number' },
  },
  'git_provider.deleted': {
    audience: 'administrators',
    details: { name: 'text', type: 'text', connections: 'number' },
  },
  'git_provider.organization_settings_changed': {
    audience: 'administrators',
    details: { name: 'text', organizations: 'texts', patterns: 'texts' },
  },
  'git_provider.repositories_cleaned_up': {
    audience: 'administrators',
    details: { name: 'text', repositories: 'number' },
  },
  'server.key_rotated': { audience: 'administrators', details: { records: 'number' } },

  'session.started': { audience: 'nobody', details: { how: 'text' } },
  'session.refused': { audience: 'nobody', details: { reason: 'text' } },
  'session.ended': { audience: 'nobody', details: { sessions: 'number' } },
  'password.changed': { audience: 'nobody', details: { how: 'text' } },
  'api_token.created': { audience: 'nobody', details: { name: 'text', scopes: 'texts' } },
  'api_token.deleted': { audience: 'nobody', details: { name: 'text' } },
  'connection.signed_in': { audience: 'nobody', details: { account: 'text', kind: 'text' } },
  'connection.signed_out': { audience: 'nobody', details: { account: 'text', revocationAsked: 'flag' } },
  'git_credential.issued': {
    audience: 'nobody',
    details: { host: 'text', repository: 'text', kind: 'text' },
  },
} as const satisfies Readonly<Record<string, ActionDescription>>;

export type AuditAction = keyof typeof auditActions;

export const maximumText = 300;
export const maximumTexts = 100;

/** What is told of one action. */
export type AuditDetails<Action extends AuditAction> = {
  readonly [
    Detail in keyof (typeof auditActions)[Action]['details']
  ]: AuditDetailTypes[(typeof auditActions)[Action]['details'][Detail] & AuditDetailType];
};
