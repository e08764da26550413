export type PermissionAccess = 'read' | 'write' | 'admin';

/** What a fine-grained token or an installation may do, by GitHub's name of the permission: `members`, `metadata`. */
export type TokenPermissions = Readonly<Record<string, PermissionAccess>>;
