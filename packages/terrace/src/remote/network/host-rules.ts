/** Which hosts and ports a source may reach. */
export interface HostRules {
  /** `host` or `host:port`, in lower case. */
  readonly allowed: ReadonlySet<string>
  readonly ports: ReadonlySet<number>
}

/** Without a dot at its end and brackets around it, which say nothing about which host it is. */
export function hostName(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}

export function portOf({ protocol, port }: Pick<URL, 'protocol' | 'port'>): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

/** Whether a host is one of those that may have an address within the own network. */
export function isAllowedHost({ allowed }: HostRules, hostname: string, port: number): boolean {
  const host = hostName(hostname)
  return allowed.has(host) || allowed.has(`${host}:${port}`) || allowed.has(`[${host}]:${port}`)
}

/** Entries of `allowHosts` as they are compared: `[::1]:80`, `LOCALHOST` → `localhost`. */
export function allowedHosts(entries: readonly string[]): ReadonlySet<string> {
  return new Set(
    entries.map((entry) => {
      const host = entry.toLowerCase()
      return /^\[[^\]]*\]$/.test(host) ? host.slice(1, -1) : host
    }),
  )
}

/** What stands against sending a request to a URL, whoever it came from; null for nothing. Its address is judged when connecting. */
export function urlProblem(url: URL, rules: HostRules): string | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'a scheme that is neither http nor https'
  if (url.username !== '' || url.password !== '') return 'a URL with credentials in it'
  const port = portOf(url)
  if (rules.ports.has(port) || rules.allowed.has(`${hostName(url.hostname)}:${port}`)) return null
  return rules.allowed.has(`[${hostName(url.hostname)}]:${port}`) ? null : `the port ${port}, which is none of ports`
}
