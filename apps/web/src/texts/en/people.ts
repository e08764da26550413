export const people = {
  title: 'People',
  description: 'Everybody with an account on this server. Administrators manage git providers and people.',
  invite: 'Invite',
  you: 'You',
  roles: { administrator: 'Administrator', member: 'Member' },
  awaitingPassword: 'Has to choose a password',
  signsInElsewhere: 'Signs in with the organization’s account',
  lastSignedIn: 'Last signed in',
  neverSignedIn: 'Never signed in',
  actionsOf: (username: string) => `Actions for ${username}`,
  makeAdministrator: 'Make administrator',
  makeMember: 'Make member',
  resetPassword: 'Reset password',
  newInvitation: 'New invitation link',
  delete: 'Delete',
  inviting: {
    title: 'Invite somebody',
    description: 'You get a link to hand to them. With it they choose their own password.',
    username: 'Username',
    displayName: 'Name',
    displayNameHint: 'You may leave it out.',
    role: 'Role',
    submit: 'Invite',
  },
  link: {
    invitationTitle: (username: string) => `A link for ${username}`,
    description:
      'Hand it to them, and to nobody else: whoever opens it chooses the password. It is shown this once.',
    label: 'Link to choose a password',
    ends: 'It ends',
    done: 'Done',
  },
  changingRole: {
    administratorTitle: (username: string) => `Make ${username} administrator?`,
    administratorDescription:
      'They can then manage git providers and people. They see nobody’s connections or repositories.',
    memberTitle: (username: string) => `Make ${username} a member?`,
    memberDescription: 'They can no longer manage git providers and people. What is their own stays.',
    myselfDescription: 'This is you: you can no longer manage git providers and people, nor undo this.',
  },
  resetting: {
    title: (username: string) => `Reset the password of ${username}?`,
    description:
      'Their password, sessions, API tokens and sign-ins at git providers end at once. You get a link for them to choose another password; afterwards they sign in to their git providers again.',
    confirm: 'Reset password',
  },
  renewing: {
    title: (username: string) => `Make a new invitation link for ${username}?`,
    description: 'The link that they got before no longer works.',
    confirm: 'Make link',
  },
  deleting: {
    title: (username: string) => `Delete ${username}?`,
    description:
      'Their account goes, with their sessions, API tokens, sign-ins at git providers and what they may see. Repositories at the git providers stay as they are. This can’t be undone.',
    confirm: 'Delete',
  },
  deleted: (username: string) => `${username} is deleted.`,
};
