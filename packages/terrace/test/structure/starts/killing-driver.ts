import type { Connection, Driver, Eventually } from '../../../src/database/index.ts'

/**
 * When a process dies at a statement: before it was sent; once it was sent, whatever the server makes of it; or when its answer
 * was there.
 */
export type KillMoment = 'before' | 'sent' | 'after'

export interface KillPoint {
  /** The n-th statement, from 1; `begin`, `commit` and savepoints count too. */
  readonly at: number
  readonly moment: KillMoment
}

/** What a driver was asked: the SQL, or `begin`, `commit`, `rollback`, `savepoint`, … */
export type Observe = (call: string) => void

/** A driver whose process ends at one statement, by `kill -9`: nothing is flushed, closed or said to the server. */
export function killingDriver(driver: Driver, point: KillPoint | null, observe: Observe = () => {}): Driver {
  let count = 0
  const step = <T>(call: string, run: () => Eventually<T>): Eventually<T> => {
    count += 1
    observe(call)
    if (point === null || count !== point.at) return run()
    return dieAt(point.moment, run)
  }
  return {
    capabilities: driver.capabilities,
    acquire: async (options) => new CountedConnection(await driver.acquire(options), step),
    release: (connection, options) => driver.release((connection as CountedConnection).inner, options),
    stats: () => driver.stats(),
    close: () => driver.close(),
  }
}

async function dieAt<T>(moment: KillMoment, run: () => Eventually<T>): Promise<T> {
  if (moment === 'before') die()
  const answer = run()
  // The driver hands what it has to the socket before the next turn.
  if (moment === 'sent') setImmediate(die)
  const result = await answer
  die()
  return result
}

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

type Step = <T>(call: string, run: () => Eventually<T>) => Eventually<T>

class CountedConnection implements Connection {
  readonly inner: Connection
  readonly #step: Step

  constructor(inner: Connection, step: Step) {
    this.inner = inner
    this.#step = step
  }

  get capabilities(): Connection['capabilities'] {
    return this.inner.capabilities
  }

  execute(...[statement]: Parameters<Connection['execute']>): ReturnType<Connection['execute']> {
    return this.#step(statement.sql, () => this.inner.execute(statement))
  }

  begin(...[options]: Parameters<Connection['begin']>): Eventually<void> {
    return this.#step('begin', () => this.inner.begin(options))
  }

  commit(): Eventually<void> {
    return this.#step('commit', () => this.inner.commit())
  }

  rollback(): Eventually<void> {
    return this.#step('rollback', () => this.inner.rollback())
  }

  savepoint(name: string): Eventually<void> {
    return this.#step('savepoint', () => this.inner.savepoint(name))
  }

  rollbackToSavepoint(name: string): Eventually<void> {
    return this.#step('rollback to savepoint', () => this.inner.rollbackToSavepoint(name))
  }

  releaseSavepoint(name: string): Eventually<void> {
    return this.#step('release savepoint', () => this.inner.releaseSavepoint(name))
  }
}
