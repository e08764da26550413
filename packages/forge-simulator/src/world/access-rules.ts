/** What forges decide differently about the same world. */
export interface AccessRules {
  /** What an administrator of the whole forge is granted on every repository by being one. */
  readonly administrators: 'nothing' | 'everything';
  /** Who may read what is internal: whoever is a member of any organization, or everybody who is signed in. */
  readonly internal: 'members' | 'signed-in';
}

export const githubRules: AccessRules = { administrators: 'nothing', internal: 'members' };
