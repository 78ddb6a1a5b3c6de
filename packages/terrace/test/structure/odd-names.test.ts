import { expect, test } from 'vitest'
import { openDatabase, unscoped, type SyncReport } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { graph, integer, model, oneOf, reference, shared, text, uuid } from '../../src/model/index.ts'
import { snapshotFrom, type Snapshot, type TableShape } from '../../src/schema/index.ts'
import { newColumn, newForeignKey, newIndex, newUnique } from '../corpora/edit-tables.ts'
import { withStructure } from '../corpora/with-structure.ts'
import { describeEngines } from '../support/describe-engines.ts'

const oddText = `it's 100% "sure"? \\ $1 :x {a} %s 名前 😀`
const access = shared({ write: 'everyone' })

const Select = model(
  'select',
  {
    id: uuid().primaryKey(),
    from: text().length(1, 60).default(oddText).column('from'),
    groesse: integer().range(0, 9).default(1).column('Größe % of 100?'),
    state: oneOf('new', oddText, 'ende').default(oddText).column('名前'),
  },
  { access, indexes: [['from', '-groesse']], uniques: [['groesse', 'state']] },
)
const Order = model(
  'Order of 50%?',
  {
    id: uuid().primaryKey(),
    whereId: reference(Select).column('where'),
    note: text().length(0, 40).nullable().column('$1 :x'),
  },
  { access, indexes: [['note']] },
)
const models = graph({ Select, Order })

const key = '01900000-0000-7000-8000-000000000001'

async function started(url: string): Promise<SyncReport> {
  let report: SyncReport | undefined
  const database = await openDatabase(url, { models, structureObserver: { done: (done) => void (report = done) } })
  await database.session(unscoped('test'), async (session) => {
    const selects = session.use(Dao(models.Select))
    const found = (await selects.get(key)) ?? (await selects.create({ id: key }))
    expect(found).toMatchObject({ from: oddText, state: oddText, groesse: 1 })
  })
  await database.close()
  if (report === undefined) throw new Error('nobody told what the start did')
  return report
}

// What models may not be named, databases that others made are.
const oddNames = [
  'a.b',
  `it's`,
  `say "x"`,
  'tick`s',
  '[x]',
  'a\\b',
  'größe',
  '%s',
  'what?',
  'ORDER',
  'sp ace',
  '-- x',
  '/* x',
]

function oddStructure(engine: 'sqliteFile' | 'postgres' | 'mysql'): Snapshot {
  const number = { sqliteFile: 'INTEGER', postgres: 'integer', mysql: 'int' }[engine]
  const comment = engine === 'sqliteFile' ? null : oddText
  const shape = (name: string, facts: Partial<TableShape>): TableShape => ({
    name,
    comment,
    options: {},
    columns: [
      newColumn('id', number, { nullable: false }),
      ...oddNames.map((each) => newColumn(each, number, { comment })),
    ],
    primaryKey: { name: engine === 'postgres' ? `pk ${name}` : null, columns: ['id'], source: null },
    uniques: [newUnique(`uq ${name}`, ['id', 'a.b', `say "x"`])],
    indexes: [
      newIndex(
        engine === 'sqliteFile' ? 'sqliteFile' : engine,
        `ix ${name}`,
        oddNames.slice(1, 4).map((each) => [each, 'asc']),
      ),
    ],
    foreignKeys: [],
    checks: [],
    source: null,
    ...facts,
  })
  const parent = shape('a.b', {})
  const foreignKeys = [newForeignKey('fk "x".y', [`it's`], { table: 'a.b', columns: ['id'] })]
  const child = shape(`it's "x"`, { foreignKeys, indexes: [newIndex(engine, 'ix of.key', [[`it's`, 'asc']])] })
  return snapshotFrom([parent, child])
}

describeEngines(
  'names, defaults, comments and values with reserved words, Unicode, quotes, dots, % and ?',
  (engine) => {
    test('[edge 71] of models are made and kept, and the next start has nothing to do', async () => {
      const { url } = await engine.fresh()
      expect((await started(url)).steps).not.toEqual([])
      expect(await started(url)).toMatchObject({ steps: [], leftAlone: [], frozen: [] })
    })

    test('[edge 71] of any structure are made, read as they were declared, and undone', async () => {
      const { url } = await engine.fresh()
      const wanted = oddStructure(engine.name as 'sqliteFile')
      await withStructure(url, async ({ structure }) => {
        const plan = await structure.apply(wanted)
        const { snapshot } = await structure.introspect()
        const names = ({ tables }: Snapshot) =>
          Object.values(tables).map(({ name, columns }) => [name, columns.map((each) => each.name)])
        expect(names(snapshot)).toEqual(names(wanted))
        expect(await structure.plan(wanted)).toMatchObject({ steps: [], drift: [], leftAlone: [] })
        await structure.undo(plan)
        expect((await structure.introspect()).snapshot.tables).toEqual({})
      })
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)
