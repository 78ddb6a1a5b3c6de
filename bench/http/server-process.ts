import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SubjectName } from './subjects.ts'

export interface ServerProcess {
  readonly name: SubjectName
  readonly port: number
  /** Processor time used so far, in microseconds. */
  cpuMicros(): Promise<number>
  stop(): Promise<void>
}

const script = fileURLToPath(new URL('serve.ts', import.meta.url))

/** Starts a subject in a process of its own, `prefix` before its command; its log goes to the null device. */
export async function startServer(
  name: SubjectName,
  databaseUrl: string,
  prefix: readonly string[],
): Promise<ServerProcess> {
  const [command = '', ...rest] = [...prefix, process.execPath, ...process.execArgv, script, name, databaseUrl]
  const child = spawn(command, rest, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const port = await nextNumber(child)
  return {
    name,
    port,
    cpuMicros() {
      child.send('usage')
      return nextNumber(child)
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.disconnect()
      await ended
    },
  }
}

function nextNumber(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`a server ended with ${code}`))
    child.once('exit', onExit)
    child.once('message', (message) => {
      child.off('exit', onExit)
      resolve(Number(message))
    })
  })
}
