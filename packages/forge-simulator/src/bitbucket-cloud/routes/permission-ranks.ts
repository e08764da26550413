/** The permissions on a repository, least first: `permission > "read"` finds writers and administrators. */
export const permissionRanks: readonly string[] = ['none', 'read', 'write', 'admin'];
