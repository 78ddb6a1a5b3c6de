/** Who answered, from what `version()` gives. */
export interface Server {
  readonly product: 'MariaDB' | 'MySQL'
  readonly version: string
}

const oldest = { MariaDB: '10.5', MySQL: '8.0.19' } as const satisfies Record<Server['product'], string>

/** `10.11.19-MariaDB-0+deb12u1`, `5.5.5-10.6.12-MariaDB` (as some proxies write it), `8.4.2` */
export function parseServer(version: string): Server {
  const mariaDb = /(\d+(?:\.\d+)+)-MariaDB/i.exec(version)?.[1]
  if (mariaDb !== undefined) return { product: 'MariaDB', version: mariaDb }
  return { product: 'MySQL', version: /^\d+(?:\.\d+)+/.exec(version)?.[0] ?? '0' }
}

/** Why this server cannot be used; null when it can. */
export function tooOld({ product, version }: Server): string | null {
  const least = oldest[product]
  return isBefore(version, least) ? `${product} ${version} is older than ${least}` : null
}

export function isBefore(version: string, least: string): boolean {
  const found = version.split('.').map(Number)
  for (const [at, part] of least.split('.').map(Number).entries()) {
    const given = found[at] ?? 0
    if (given !== part) return given < part
  }
  return false
}
