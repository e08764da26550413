/** Keeps cookies by host and port, and says where it is sent to. It shows no pages. */
export class TestBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly #hosts: ReadonlyMap<string, string>;

  /** @param hosts where a host really listens, for names that this machine does not know */
  constructor(hosts: Readonly<Record<string, string>> = {}) {
    this.#hosts = new Map(Object.entries(hosts));
  }

  async open(address: string): Promise<Response> {
    const url = new URL(address);
    const { host } = url;
    const jar = this.cookiesOf(host);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    url.host = this.#hosts.get(host) ?? host;
    const response = await fetch(url, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Goes where it is sent until it arrives at an address of this kind, which it does not open. */
  async follow(address: string, until: (url: URL) => boolean): Promise<string> {
    let url = new URL(address);
    while (!until(url)) {
      const response = await this.open(url.href);
      const location = response.headers.get('location');
      if (location === null)
        throw new Error(`${url.pathname} answered ${String(response.status)}: ${await response.text()}`);
      url = new URL(location, url);
    }
    return url.href;
  }

  cookiesOf(host: string): Map<string, string> {
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    return jar;
  }
}
