import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findTool, ToolMissing, type ToolFailure } from '../../../database/index.ts'
import { errors } from '../../../errors/index.ts'
import { parseServerUrl } from '../connection-url.ts'

export interface ClientTool {
  readonly tool: string
  readonly product: 'MariaDB' | 'MySQL'
}

/** The first of these programs that is there; on many systems MySQL's name is MariaDB's program. `BACKUP_TOOL_MISSING`. */
export async function requireTool(tools: readonly string[]): Promise<ClientTool> {
  try {
    const { tool, version } = await findTool(tools)
    return { tool, product: /mariadb/i.test(version) ? 'MariaDB' : 'MySQL' }
  } catch (error) {
    if (!(error instanceof ToolMissing)) throw error
    const remedy =
      'Install the client programs of the server: apt install mariadb-client, apk add mariadb-client, brew install mariadb; ' +
      'for MySQL its own: brew install mysql-client, or dev.mysql.com/downloads'
    const values = { tool: tools.join(' or '), problem: 'it is not installed, or not in PATH', remedy }
    throw errors.BACKUP_TOOL_MISSING({ values, cause: error })
  }
}

export interface Connecting {
  readonly arguments: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
}

interface TlsOptions {
  readonly rejectUnauthorized?: boolean
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

/**
 * Where and as whom the client programs connect, as the driver does; the password by the environment, never as an argument, and no
 * option file, which would go before both. Certificates that the URL has as texts are in files while the work runs.
 */
export async function withConnecting<T>(
  url: string,
  product: ClientTool['product'],
  work: (connecting: Connecting) => Promise<T>,
): Promise<T> {
  const { forDriver } = parseServerUrl(url)
  const { host, port, user, password, socketPath, ssl } = forDriver
  const folder = await mkdtemp(join(tmpdir(), 'terrace-tls-'))
  try {
    // A host that is called localhost would be the socket to them.
    const place =
      socketPath === undefined
        ? ['--protocol=TCP', `--host=${host}`, `--port=${port}`]
        : ['--protocol=SOCKET', `--socket=${socketPath}`]
    const tls =
      typeof ssl === 'object' ? await tlsArguments(ssl as TlsOptions, product, folder) : plainArguments[product]
    return await work({
      arguments: ['--no-defaults', ...place, `--user=${user}`, ...tls],
      environment: {
        MYSQL_PWD: password,
        MYSQL_HOST: undefined,
        MYSQL_TCP_PORT: undefined,
        MYSQL_UNIX_PORT: undefined,
      },
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

// Newer clients of MariaDB check certificates unasked; MySQL's encrypt where they can, which its default accounts need.
const plainArguments = { MariaDB: ['--skip-ssl-verify-server-cert'], MySQL: ['--ssl-mode=PREFERRED'] } as const

async function tlsArguments(
  { rejectUnauthorized = true, ca, cert, key }: TlsOptions,
  product: ClientTool['product'],
  folder: string,
): Promise<readonly string[]> {
  const texts = Object.entries({ ca, cert, key }).filter(([, text]) => text !== undefined) as [string, string][]
  for (const [name, text] of texts) await writeFile(join(folder, name), text, { mode: 0o600 })
  const files = texts.map(([name]) => `--ssl-${name}=${join(folder, name)}`)
  if (product === 'MySQL') return [`--ssl-mode=${rejectUnauthorized ? 'VERIFY_IDENTITY' : 'REQUIRED'}`, ...files]
  return ['--ssl', rejectUnauthorized ? '--ssl-verify-server-cert' : '--skip-ssl-verify-server-cert', ...files]
}

/** What a program said went wrong: its first error. */
export function toolWords(error: ToolFailure): string {
  const lines = error.words.split('\n').map((line) => line.trim())
  const first = lines.find((line) => /\berror\b/i.test(line)) ?? lines.find((line) => line !== '')
  const words = first?.replace(/^\S+: (?=error)/i, '').slice(0, 300)
  return `${error.tool} says: ${words ?? `nothing, and ended with ${error.exitCode ?? 'a signal'}`}`
}
