import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Reply, Request } from './harness/messages.ts'

const program = fileURLToPath(new URL('harness/process.ts', import.meta.url))

export interface TryProcess {
  /** Its reply; null where it gave none in time or ended: then it is gone. */
  ask(request: Request, timeoutMs: number): Promise<Reply | null>
  end(): void
}

/** A process of its own, because a mutant may loop for ever or use all memory. `engines`: what its tests run on. */
export async function startTryProcess(tree: string, engines: readonly string[]): Promise<TryProcess> {
  const child = fork(program, [tree], {
    execArgv: ['--conditions=terrace:source', '--no-warnings', '--max-old-space-size=2048'],
    env: { ...process.env, TERRACE_TEST_ENGINES: engines.join(','), NODE_ENV: 'test' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  process.on('exit', () => child.kill('SIGKILL'))
  if ((await nextReply(child, 60_000)) === null) throw new Error('The process that tries mutants did not start')
  return {
    ask: (request, timeoutMs) => {
      const reply = nextReply(child, timeoutMs)
      child.send(request)
      return reply
    },
    end: () => void child.kill('SIGKILL'),
  }
}

function nextReply(child: ChildProcess, timeoutMs: number): Promise<Reply | null> {
  const { promise, resolve } = Promise.withResolvers<Reply | null>()
  const timer = setTimeout(() => {
    child.kill('SIGKILL')
  }, timeoutMs)
  const onMessage = (reply: unknown): void => resolve(reply as Reply)
  const onExit = (): void => resolve(null)
  child.once('message', onMessage)
  child.once('exit', onExit)
  return promise.finally(() => {
    clearTimeout(timer)
    child.off('message', onMessage)
    child.off('exit', onExit)
  })
}
