import type {
  BeginOptions,
  Connection,
  Driver,
  Eventually,
  Statement,
  StatementResult,
} from '../../src/database/index.ts'

export interface RecordingDriver extends Driver {
  /** What was asked of the real driver, in order: `acquire read`, `begin`, the SQL of statements, `release`, … */
  readonly calls: string[]
  /** Called before each step; a throw takes its place, as if the engine had failed there. */
  before: ((call: string) => void) | null
  /** Connections have to be waited for, on every engine. Default false. */
  acquiresLater: boolean
}

/** A real driver that writes down what is asked of it. */
export function recordingDriver(driver: Driver): RecordingDriver {
  const calls: string[] = []
  const step = (call: string): void => {
    calls.push(call)
    recording.before?.(call)
  }
  const recording: RecordingDriver = {
    calls,
    before: null,
    acquiresLater: false,
    capabilities: driver.capabilities,
    acquire(options) {
      step(`acquire ${options.access}`)
      const acquired = mapped(driver.acquire(options), (connection) => new RecordingConnection(connection, step))
      return recording.acquiresLater ? Promise.resolve(acquired) : acquired
    },
    release(connection, options) {
      calls.push(options?.broken === true ? 'release broken' : 'release')
      return driver.release((connection as RecordingConnection).inner, options)
    },
    stats: () => driver.stats(),
    close: () => driver.close(),
  }
  return recording
}

function mapped<T, U>(value: Eventually<T>, map: (value: T) => U): Eventually<U> {
  return value instanceof Promise ? value.then(map) : map(value)
}

class RecordingConnection implements Connection {
  readonly inner: Connection
  readonly #step: (call: string) => void

  constructor(inner: Connection, step: (call: string) => void) {
    this.inner = inner
    this.#step = step
  }

  get capabilities() {
    return this.inner.capabilities
  }

  execute(statement: Statement): Eventually<StatementResult> {
    this.#step(statement.sql)
    return this.inner.execute(statement)
  }

  begin(options: BeginOptions): Eventually<void> {
    this.#step(`begin ${options.isolation}${options.readOnly ? ' read only' : ''}`)
    return this.inner.begin(options)
  }

  commit(): Eventually<void> {
    this.#step('commit')
    return this.inner.commit()
  }

  rollback(): Eventually<void> {
    this.#step('rollback')
    return this.inner.rollback()
  }

  savepoint(name: string): Eventually<void> {
    this.#step(`savepoint ${name}`)
    return this.inner.savepoint(name)
  }

  rollbackToSavepoint(name: string): Eventually<void> {
    this.#step(`rollback to ${name}`)
    return this.inner.rollbackToSavepoint(name)
  }

  releaseSavepoint(name: string): Eventually<void> {
    this.#step(`release ${name}`)
    return this.inner.releaseSavepoint(name)
  }
}
