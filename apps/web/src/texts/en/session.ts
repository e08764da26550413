export const session = {
  title: 'Sign in',
  username: 'Username',
  password: 'Password',
  signIn: 'Sign in',
  signInWith: (name: string) => `Sign in with ${name}`,
  signInWithInNewTab: (name: string) => `Sign in with ${name} in a new tab`,
  or: 'or',
  forgotten: 'Forgot your password? Ask an administrator for a link with which to choose another.',
  again: {
    title: 'Sign in again',
    description: (username: string) =>
      `Your session has ended. Sign in as ${username} to go on where you were: nothing that you typed is lost.`,
    other: 'If somebody else signs in here, this page starts afresh.',
  },
  choosePassword: {
    title: 'Choose a password',
    invitation: (username: string) => `Welcome! This is your account on this server: ${username}.`,
    reset: (username: string) => `Choose another password for ${username}.`,
    until: 'This link ends',
    password: 'New password',
    passwordHint: '12 characters or more. Several words in a row make a good one.',
    passwordShort: 'This is too short: 12 characters or more are needed.',
    repeat: 'Repeat the password',
    mismatch: 'This is not the same password.',
    submit: 'Choose and sign in',
    noToken: 'This link is not complete. Open it exactly as you got it, or ask an administrator for another.',
  },
};
