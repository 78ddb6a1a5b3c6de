import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const program = process.env['TERRACE_TEST_PGBOUNCER'] ?? '/usr/sbin/pgbouncer'

/** Why PgBouncer cannot be started here; null where it can. */
export function reasonWithoutPgbouncer(): string | null {
  return existsSync(program)
    ? null
    : `there is no ${program}; install PgBouncer or set TERRACE_TEST_PGBOUNCER to where it is`
}

export interface Pgbouncer {
  /** The same database through the pooler. */
  through(url: string): string
  stop(): Promise<void>
}

/** Starts PgBouncer in transaction mode before a server, on a free port of this machine, with few connections to share. */
export async function startPgbouncer(serverUrl: string): Promise<Pgbouncer> {
  const { hostname, port, username, password } = new URL(serverUrl)
  const folder = await mkdtemp(join(tmpdir(), 'terrace-pgbouncer-'))
  const ownPort = await freePort()
  const login = `user=${username || 'postgres'}${password === '' ? '' : ` password=${password}`}`
  const settings = [
    '[databases]',
    `* = host=${hostname} port=${port || 5432} ${login}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${ownPort}`,
    'unix_socket_dir =',
    // Whoever comes is logged in as the user above.
    'auth_type = any',
    'pool_mode = transaction',
    'default_pool_size = 4',
    'max_client_conn = 200',
  ]
  const config = join(folder, 'pgbouncer.ini')
  await writeFile(config, `${settings.join('\n')}\n`)
  // It refuses to be root, and the user that it becomes must be able to read its file.
  await chmod(folder, 0o755)
  const child = spawn(program, [...(process.getuid?.() === 0 ? ['-u', 'postgres'] : []), config], { stdio: 'pipe' })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  for (let waited = 0; !(await answers(ownPort)); waited += 50) {
    if (waited < 5_000 && child.exitCode === null) await sleep(50)
    else {
      await stop()
      throw new Error(`PgBouncer does not listen: ${output}`)
    }
  }
  const through = (url: string): string => {
    const changed = new URL(url)
    changed.hostname = '127.0.0.1'
    changed.port = String(ownPort)
    return changed.href
  }
  return { through, stop }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => socket.end(() => resolve(true)))
    socket.once('error', () => resolve(false))
  })
}
