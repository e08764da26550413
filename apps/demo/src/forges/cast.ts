import type { Person, World } from '@anyforge/forge-simulator';

/** The people of the company that the demo tells of, by the user name that they have everywhere. */
const names = {
  maya: 'Maya Lindqvist',
  tomas: 'Tomás Duarte',
  priya: 'Priya Raman',
  jonas: 'Jonas Weber',
  aiko: 'Aiko Tanaka',
  samir: 'Samir Haddad',
  elena: 'Elena Petrova',
  kwame: 'Kwame Boateng',
  sofia: 'Sofía Herrera',
  liam: 'Liam O’Connor',
  wei: 'Chen Wei',
  nadia: 'Nadia Rahimi',
} as const;

export type CastName = keyof typeof names;
export type Cast = Readonly<Record<CastName, Person>>;

/** What somebody is called in full. */
export function fullName(username: CastName): string {
  return names[username];
}

/** Gives everybody an account on a forge. */
export function addCast(world: World): Cast {
  const account = (username: CastName): Person =>
    world.addPerson({ username, name: names[username], email: `${username}@halden.example` });
  return {
    maya: account('maya'),
    tomas: account('tomas'),
    priya: account('priya'),
    jonas: account('jonas'),
    aiko: account('aiko'),
    samir: account('samir'),
    elena: account('elena'),
    kwame: account('kwame'),
    sofia: account('sofia'),
    liam: account('liam'),
    wei: account('wei'),
    nadia: account('nadia'),
  };
}
