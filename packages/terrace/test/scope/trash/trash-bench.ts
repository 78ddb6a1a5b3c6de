import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import { actingAs, unscoped, type Session } from '../../../src/database/index.ts'
import { TerraceError } from '../../../src/errors/index.ts'
import { describeEngines, type EngineUnderTest } from '../../support/describe-engines.ts'
import { openModels, type OpenModels } from '../../support/open-models.ts'
import { MemberDao, models } from './trash-models.ts'

type Work<R> = (session: Session) => Promise<R>

export interface Member {
  readonly id: string
  run<R>(work: Work<R>): Promise<R>
}

export interface TrashBench {
  readonly engine: EngineUnderTest['name']
  readonly open: OpenModels
  newMember(): Promise<Member>
  /** Every row, whoever owns it. */
  unscoped<R>(work: Work<R>): Promise<R>
}

/** The same tests of the trash on the three engines; each makes members of its own. */
export function describeTrash(title: string, declare: (bench: TrashBench) => void): void {
  describeEngines(
    title,
    (engine) => {
      let open: OpenModels
      beforeAll(async () => {
        open = await openModels(engine, models)
      })
      afterAll(() => open?.db.close())
      const unlimited = <R>(work: Work<R>): Promise<R> => open.db.session(unscoped('test'), work)
      declare({
        engine: engine.name,
        get open() {
          return open
        },
        unscoped: unlimited,
        async newMember() {
          const id = `member-${randomUUID().slice(0, 13)}`
          await unlimited((session) => session.use(MemberDao).create({ id }))
          return { id, run: (work) => open.db.session(actingAs(models.Member, id), work) }
        },
      })
    },
    ['sqliteFile', 'postgres', 'mysql'],
  )
}

let made = 0

/** A key that no other row of these tests has: `item-7`. */
export function newKey(what: string): string {
  made += 1
  return `${what}-${process.pid}-${made}`
}

/** What came of it, or the code of the refusal with the fields concerned. */
export async function outcomeOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise
  } catch (error) {
    if (!(error instanceof TerraceError)) throw error
    return error.fields.length === 0 ? error.code : `${error.code} ${error.fields.join(', ')}`
  }
}

export const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] =>
  rows.map(({ id }) => id).toSorted()
