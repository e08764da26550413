/** The ways in which a person comes to a permission on a repository, and what they are called in reports. */
export const grantKinds = {
  personal: 'as the owner of a personal repository',
  direct: 'by a grant on the repository',
  outside: 'by a grant on the repository, without belonging to its organization',
  team: 'through a team',
  subteam: "through a team's subteam",
  teamOnOrganization: 'through a team that has it on the whole organization',
  forgeGroup: 'through a group of the whole forge',
  forgeGroupOnOrganization: 'through a group of the whole forge that has it on the organization',
  member: "by the member's own level in the organization",
  base: 'by what every member of the organization has',
  owner: 'as an owner of the organization',
  inherited: 'by the level in an organization around the one that owns it',
  sharedRepository: 'through another organization that the repository is shared with',
  sharedOrganization: 'through another organization that its organization is shared with',
  project: "by a grant on the repository's project",
  teamOnProject: "through a team with a grant on the repository's project",
  everybody: 'by what everybody has who is signed in',
  everybodyOnOrganization: 'by what everybody has in the organization who is signed in',
  administrator: 'as an administrator of the whole forge',
} as const;

export type GrantKind = keyof typeof grantKinds;
