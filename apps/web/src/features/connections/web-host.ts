/** The host of a web address, for people to read; the address itself where it is none. */
export function webHost(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Where a git provider is, as every type of git provider configures it. */
export function addressOf({ config }: { readonly config: unknown }): string | undefined {
  if (typeof config !== 'object' || config === null || !('baseUrl' in config)) return undefined;
  return typeof config.baseUrl === 'string' ? config.baseUrl : undefined;
}
