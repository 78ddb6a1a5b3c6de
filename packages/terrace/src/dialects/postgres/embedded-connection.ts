import type { messages, protocol } from '@electric-sql/pglite'
import {
  consequencesOf,
  DriverError,
  type Capabilities,
  type Statement,
  type StatementResult,
} from '../../database/index.ts'
import { isStalePlan, postgresError, statementGone } from './errors.ts'
import { PostgresConnection, resultOf } from './postgres-connection.ts'
import { parserOf, type ParseText } from './row-values.ts'
import { splitAnswer, type TextRow } from './split-answer.ts'
import type { StatementNames } from './statement-names.ts'

/** What is used of a PGlite: PostgreSQL's protocol, message by message. */
export interface ProtocolEngine {
  readonly protocol: typeof protocol
  /** The server's answer to whole messages. */
  exchange(message: Uint8Array): Uint8Array
}

type Message = messages.BackendMessage
type Field = messages.Field
type Parameter = string | Uint8Array | null

/** What one round of messages brought. */
interface Answer {
  readonly fields: readonly Field[] | null
  readonly rows: readonly TextRow[]
  readonly tag: string
  readonly status: string
  /** The statement was prepared, whatever became of it afterwards. */
  readonly isPrepared: boolean
  /** The server's own message. */
  readonly failure: Error | null
}

/**
 * The one connection of a PGlite, answering at once. PGlite's own `query` sends each message of a statement apart and asks
 * for the types of the parameters; here they go together, and named statements stay prepared.
 */
export class EmbeddedConnection extends PostgresConnection {
  readonly #engine: ProtocolEngine
  readonly #names: StatementNames
  /** Columns of the statements prepared here, by name; null for those that return no rows. */
  readonly #prepared = new Map<string, readonly Field[] | null>()
  #status = 'I'
  #isBroken = false

  constructor(engine: ProtocolEngine, capabilities: Capabilities, names: StatementNames) {
    super(capabilities)
    this.#engine = engine
    this.#names = names
  }

  get isBroken(): boolean {
    return this.#isBroken
  }

  execute(statement: Statement): StatementResult {
    const name = this.#names.nameOf(statement.name)
    const statusBefore = this.#status
    try {
      return this.#executeAs(statement, name)
    } catch (error) {
      if (name === undefined || !isStalePlan(error)) throw postgresError(error)
      this.#names.renew()
      if (statusBefore !== 'I') throw statementGone(error)
      return this.execute(statement)
    }
  }

  /** Undoes whatever a session left behind: its transaction, statements, settings. False when the engine does not answer. */
  reset(): boolean {
    try {
      this.command('rollback')
      this.command('discard all')
    } catch {
      this.#isBroken = true
    }
    return !this.#isBroken
  }

  protected command(sql: string): string {
    const { serialize } = this.#engine.protocol
    try {
      return commandOf(succeeded(this.#exchange([serialize.query(sql)])).tag)
    } catch (error) {
      throw postgresError(error)
    }
  }

  #executeAs({ sql, parameters }: Statement, name: string | undefined): StatementResult {
    const { serialize } = this.#engine.protocol
    const known = name === undefined ? undefined : this.#prepared.get(name)
    const prepare =
      known === undefined
        ? [
            serialize.parse({ text: sql, ...(name === undefined ? {} : { name }) }),
            serialize.describe(named('S', name)),
          ]
        : []
    const bind = serialize.bind({
      values: parameters.map(parameterOf),
      ...(name === undefined ? {} : { statement: name }),
    })
    const answer = this.#exchange([...prepare, bind, serialize.execute(), serialize.sync()])
    const fields = known === undefined ? answer.fields : known
    if (name !== undefined && answer.isPrepared) this.#prepared.set(name, fields)
    succeeded(answer)
    const count = Number(answer.tag.slice(answer.tag.lastIndexOf(' ') + 1))
    return resultOf(commandOf(answer.tag), Number.isNaN(count) ? null : count, rowsOf(fields, answer.rows))
  }

  #exchange(request: readonly Uint8Array[]): Answer {
    const found: Message[] = []
    let rows: readonly TextRow[] = []
    try {
      const { dataRows, others } = splitAnswer(this.#engine.exchange(Buffer.concat(request)))
      rows = dataRows
      const parser = new this.#engine.protocol.Parser()
      for (const other of others) parser.parse(other, (message) => found.push(message))
    } catch (error) {
      throw this.#stopped(error)
    }
    const answer = answerOf(found, rows)
    if (answer === null) throw this.#stopped(undefined)
    this.#status = answer.status
    return answer
  }

  #stopped(cause: unknown): DriverError {
    this.#isBroken = true
    const facts = {
      kind: 'connection',
      ...consequencesOf.connection,
      table: null,
      constraint: null,
      columns: null,
    } as const
    return new DriverError('connection: the embedded engine stopped', facts, cause)
  }
}

function named(type: 'S', name: string | undefined): { type: 'S'; name?: string } {
  return name === undefined ? { type } : { type, name }
}

/** `INSERT 0 5` → `INSERT` */
function commandOf(tag: string): string {
  const end = tag.indexOf(' ')
  return end === -1 ? tag : tag.slice(0, end)
}

/** Null when the engine did not say that it is ready again. */
function answerOf(found: readonly Message[], rows: readonly TextRow[]): Answer | null {
  let fields: readonly Field[] | null = null
  let tag = ''
  let status: string | null = null
  let isPrepared = false
  let failure: Error | null = null
  for (const message of found) {
    if (message.name === 'rowDescription') fields = (message as messages.RowDescriptionMessage).fields
    else if (message.name === 'commandComplete') tag = (message as messages.CommandCompleteMessage).text
    else if (message.name === 'readyForQuery') status = (message as messages.ReadyForQueryMessage).status
    else if (message.name === 'parseComplete') isPrepared = true
    else if (message.name === 'error') failure = message as unknown as Error
  }
  return status === null ? null : { fields, rows, tag, status, isPrepared, failure }
}

function succeeded(answer: Answer): Answer {
  if (answer.failure !== null) throw answer.failure
  return answer
}

function rowsOf(fields: readonly Field[] | null, rows: Answer['rows']): Record<string, unknown>[] {
  if (fields === null || rows.length === 0) return []
  const parsers = fields.map(({ dataTypeID }) => parserOf(dataTypeID))
  return rows.map((values) => rowOf(fields, parsers, values))
}

function rowOf(
  fields: readonly Field[],
  parsers: readonly ParseText[],
  values: readonly (string | null)[],
): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  fields.forEach(({ name }, at) => {
    const value = values[at] ?? null
    row[name] = value === null ? null : parsers[at]?.(value)
  })
  return row
}

function parameterOf(value: unknown): Parameter {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || value instanceof Uint8Array) return value
  return String(value)
}
