import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingAs, unscoped, type Database, type Session } from '../../../src/database/index.ts'
import { Random } from '../../../src/testing/structures/random.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { openModels } from '../../support/open-models.ts'
import { TrashInMemory, type Kind } from './trash-in-memory.ts'
import { outcomeOf } from './trash-bench.ts'
import {
  BottomDao,
  BoxDao,
  ClaimDao,
  CrumbDao,
  FolderDao,
  ItemDao,
  LeftDao,
  LogDao,
  MemberDao,
  models,
  PartDao,
  RightDao,
  StickerDao,
} from './trash-models.ts'

/** More by `npm run test:writes`; `TERRACE_TRASH_SEED` repeats a run or begins another. */
const count = Number(process.env['TERRACE_TRASH_SEQUENCES'] ?? 4)
const firstSeed = Number(process.env['TERRACE_TRASH_SEED'] ?? 20_260_401)
const callsOfEach = 40

const daos = {
  Box: BoxDao,
  Item: ItemDao,
  Part: PartDao,
  Sticker: StickerDao,
  Left: LeftDao,
  Right: RightDao,
  Bottom: BottomDao,
  Crumb: CrumbDao,
  Folder: FolderDao,
  Claim: ClaimDao,
  Log: LogDao,
} as const
const kinds = Object.keys(daos) as Kind[]
const daoOf = (session: Session, kind: Kind) => session.use(daos[kind] as unknown as typeof FolderDao)

describeEngines(
  'D3: sequences of create, move, delete, restore and purge by chance leave what a trash in memory says',
  (engine) => {
    let db: Database
    beforeAll(async () => {
      ;({ db } = await openModels(engine, models))
    })
    afterAll(() => db?.close())

    /** Alive rows, and deleted ones by which of them went together. */
    async function stateOf(session: Session): Promise<readonly string[]> {
      const rows: { readonly name: string; readonly deletionId: string | null }[] = []
      for (const kind of kinds) {
        const found = (await daoOf(session, kind).list({ deleted: 'with' })).rows
        rows.push(...found.map(({ id, deletionId = null }) => ({ name: `${kind} ${id}`, deletionId })))
      }
      return grouped(rows)
    }

    test(`${count} sequences from seed ${firstSeed}`, { timeout: 60_000 + count * 15_000 }, async () => {
      let changed = 0
      const refused = new Set<string>()
      for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
        const memberId = `member-${seed}`
        await db.session(unscoped('test'), (session) => session.use(MemberDao).create({ id: memberId }))
        const memory = new TrashInMemory(new Random(seed), `${seed}`)
        await db.session(actingAs(models.Member, memberId), async (session) => {
          const said: string[] = []
          for (let call = 0; call < callsOfEach; call += 1) {
            const { kind, method, id, values } = memory.nextCall()
            const expected = memory.apply({ kind, method, id, values })
            const result = await outcomeOf(
              session.nested(async (inner) => {
                const dao = daoOf(inner, kind)
                if (method === 'create') return (await dao.create({ id, ...values } as never)).id
                if (method === 'move') return (await dao.update(id, values as never))?.id ?? null
                return (await dao[method](id))?.id ?? null
              }),
            )
            said.push(`${method} ${kind} ${id} ${JSON.stringify(values)} → ${String(result)}`)
            expect({ said, result }).toEqual({ said, result: expected })
            expect({ said, state: await stateOf(session) }).toEqual({ said, state: grouped(memory.rows()) })
            if (result === id) changed += 1
            else refused.add(String(result))
          }
        })
      }
      expect(changed).toBeGreaterThan((count * callsOfEach) / 2)
      expect([...refused].toSorted()).toEqual(expect.arrayContaining(['RESTORE_PARENT_DELETED', 'PURGE_ALIVE', 'null']))
    })
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)

/** Deletions have keys of their own on each side: told apart by the first row in them. */
function grouped(rows: readonly { readonly name: string; readonly deletionId: string | null }[]): readonly string[] {
  const first = new Map<string, string>()
  return rows
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, deletionId }) => {
      if (deletionId === null) return name
      if (!first.has(deletionId)) first.set(deletionId, name)
      return `${name} deleted with ${first.get(deletionId)}`
    })
}
