import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { onServer } from './on-server.ts'

const run = promisify(execFile)

/** `fast` ends what is under way in order, `immediate` does not, `kill` is `kill -9`. */
export type StopWay = 'fast' | 'immediate' | 'kill'

/** A database server of the test's own: a new one in a folder of its own, on a port of its own. */
export interface OwnServer {
  readonly url: string
  readonly stopWays: readonly StopWay[]
  /** Resolves when it answers. */
  start(): Promise<void>
  /** Resolves when its process is gone. */
  stop(way: StopWay): Promise<void>
  drop(): Promise<void>
}

export type OwnEngine = 'postgres' | 'mysql'

/** Why there can be none here; null: there can. */
export function reasonForNone(engine: OwnEngine): string | null {
  const missing = Object.entries(programs[engine]()).find(([, path]) => path === null)
  return missing === undefined ? null : `${missing[0]} is not installed`
}

export async function ownServer(engine: OwnEngine): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-server-'))
  const port = await freePort()
  const { command, url, signals } = await makers[engine](folder, port)
  let child: ChildProcess | null = null
  const stop = async (way: StopWay): Promise<void> => {
    const stopped = child
    child = null
    if (stopped === null || stopped.exitCode !== null) return
    const gone = new Promise((resolve) => stopped.once('exit', resolve))
    stopped.kill(signals[way])
    await gone
  }
  return {
    url,
    stopWays: Object.keys(signals) as StopWay[],
    start: async () => {
      // A server that was killed may find its own remains busy for a moment.
      for (let tries = 0; tries < 200; tries += 1) {
        if (child === null || child.exitCode !== null)
          child = spawn(command[0] as string, command.slice(1), { stdio: 'ignore' })
        if (await answers(url)) return
        await sleep(20)
      }
      throw new Error(`${engine} does not answer at ${url}`)
    },
    stop,
    drop: async () => {
      await stop('kill')
      // What a killed server has left running may still write.
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

function answers(url: string): Promise<boolean> {
  return onServer(url, 'select 1').then(
    () => true,
    () => false,
  )
}

interface Made {
  readonly command: readonly string[]
  readonly url: string
  readonly signals: Readonly<Partial<Record<StopWay, NodeJS.Signals>>> & { readonly kill: NodeJS.Signals }
}

const makers = {
  postgres: async (folder: string, port: number): Promise<Made> => {
    const { initdb, postgres } = programs.postgres() as Record<string, string>
    const asOwner = await postgresOwner(folder)
    const cluster = join(folder, 'cluster')
    const [first, ...rest] = [...asOwner, initdb as string, '-D', cluster, '-U', 'postgres', '-A', 'trust', '--no-sync']
    await run(first as string, rest)
    const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`]
    return {
      command: [...asOwner, postgres as string, '-D', cluster, '-p', String(port), ...settings],
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      // Source: PostgreSQL manual, "Shutting Down the Server".
      signals: { fast: 'SIGINT', immediate: 'SIGQUIT', kill: 'SIGKILL' },
    }
  },
  mysql: async (folder: string, port: number): Promise<Made> => {
    const { installDb, mariadbd } = programs.mysql() as Record<string, string>
    const files = join(folder, 'files')
    const user = process.getuid?.() === 0 ? ['--user=root'] : []
    const install = ['--no-defaults', `--datadir=${files}`, '--auth-root-authentication-method=normal', ...user]
    await run(installDb as string, install)
    const place = [`--datadir=${files}`, `--socket=${join(folder, 's')}`, `--pid-file=${join(folder, 'pid')}`]
    return {
      command: [mariadbd as string, '--no-defaults', ...place, `--port=${port}`, '--bind-address=127.0.0.1', ...user],
      // The database that every new server has for whoever tries it.
      url: `mysql://root@127.0.0.1:${port}/test`,
      signals: { fast: 'SIGTERM', kill: 'SIGKILL' },
    }
  },
} as const satisfies Record<OwnEngine, (folder: string, port: number) => Promise<Made>>

const programs = {
  postgres: () => ({
    initdb: programAt('/usr/lib/postgresql/*/bin/initdb', '/usr/local/bin/initdb', '/usr/bin/initdb'),
    postgres: programAt('/usr/lib/postgresql/*/bin/postgres', '/usr/local/bin/postgres', '/usr/bin/postgres'),
  }),
  mysql: () => ({
    installDb: programAt('/usr/bin/mariadb-install-db', '/usr/local/bin/mariadb-install-db'),
    mariadbd: programAt('/usr/sbin/mariadbd', '/usr/local/bin/mariadbd', '/usr/bin/mariadbd'),
  }),
} as const

function programAt(...patterns: readonly string[]): string | null {
  return patterns.flatMap((pattern) => globSync(pattern)).find((path) => existsSync(path)) ?? null
}

/** PostgreSQL refuses to run as root: what runs it as its own user, who is given the folder. */
async function postgresOwner(folder: string): Promise<readonly string[]> {
  if (process.getuid?.() !== 0) return []
  const ids = await Promise.all(['-u', '-g'].map((which) => run('id', [which, 'postgres'])))
  const [uid, gid] = ids.map(({ stdout }) => Number(stdout)) as [number, number]
  chownSync(folder, uid, gid)
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--']
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
