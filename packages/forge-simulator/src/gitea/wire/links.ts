/** What addresses in answers start with. */
export interface Links {
  /** Where the instance was asked. */
  readonly webUrl: string;
  /** Where it is by its own account, which links to pages and addresses of documentation start with. */
  readonly rootUrl: string;
}
