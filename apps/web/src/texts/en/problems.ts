/** What people read when something went wrong before the server could say so itself. */
export const problems = {
  unreachable: 'The server can’t be reached. Check your connection, then try again.',
  unreadable: 'The server answered with something that this page doesn’t understand. Try again in a moment.',
  unexpected: 'Something went wrong on this page. Try again; if it happens again, tell your administrator.',
  signedOut: 'You are signed out. Sign in again, then try once more: nothing that you typed is lost.',
};
