import { describe, expect, test } from 'vitest'
import { graph, graphOf, model, text, uuid, type ModelGraph } from '../../../model/index.ts'
import { diffSnapshots, planChanges, snapshotFrom, snapshotOf } from '../../../schema/index.ts'
import { everyType, ownedModels, referringModels } from './graphs.ts'
import { changingStatements, testedStructure, type SchemaUnderContract } from './subject.ts'

const graphs: Readonly<Record<string, () => ModelGraph>> = {
  'every type of column': everyType,
  'owners, uniques and indexes': ownedModels,
  'references, also cyclic, to itself and composite': referringModels,
}

/** From nothing to a structure, and at rest afterwards. */
export function creationContract(subject: SchemaUnderContract): void {
  describe.each(Object.entries(graphs))('%s', (_, make) => {
    test('A5: are created, and compare equal as the engine prints them', async () => {
      const structure = await testedStructure(subject)
      const wanted = make()
      const created = await structure.sync(wanted)
      expect(new Set(created.created.tables)).toEqual(new Set(Object.keys(wanted.tables)))
      expect(created.leftAlone).toEqual([])
      await structure.forget()
      const compared = await structure.sync(wanted)
      expect(compared).toMatchObject({ steps: [], leftAlone: [], notOwned: [], orphaned: [] })
    })
  })

  test.each(Object.entries(graphs))(
    '%s that were made from their printed form, as a restored dump is, compare equal',
    async (_, make) => {
      const first = await testedStructure(subject)
      const wanted = make()
      await first.sync(wanted)
      const { catalogue } = first.dialect
      const rows = await Promise.all(
        catalogue.queries('live').map(({ sql, parameters }) => first.rows(sql, parameters)),
      )
      const { snapshot: printed } = catalogue.read(rows, 'live')
      const second = await testedStructure(subject)
      const nothing = {
        snapshot: snapshotFrom([]),
        estimatedRows: {},
        otherObjects: {},
        opaque: [],
        hasJournal: false,
        leftovers: [],
      }
      const changes = diffSnapshots(nothing, { declared: printed, canonical: printed })
      const plan = planChanges(changes, {
        dialect: second.dialect,
        live: nothing,
        renames: [],
        mode: { kind: 'everything', allow: [] },
        online: false,
        isOwned: () => false,
        wasDeclared: () => false,
        holdsType: () => false,
        isHandChanged: () => false,
      })
      for (const { statements } of plan.steps) for (const sql of statements) await second.rows(sql)
      const report = await second.sync(wanted)
      expect(report).toMatchObject({ steps: [], leftAlone: [] })
      expect(report.notOwned).toHaveLength(Object.keys(wanted.tables).length)
    },
  )

  test('a start with nothing to do changes nothing, takes no lock and asks at most eight questions', async () => {
    const structure = await testedStructure(subject)
    const wanted = ownedModels()
    await structure.sync(wanted)
    structure.sent.length = 0
    const second = await structure.sync(wanted)
    expect(second).toMatchObject({ steps: [], seeded: [] })
    expect(structure.sent.filter((sql) => changingStatements.test(sql) || /lock/i.test(sql))).toEqual([])
    expect(structure.sent.length).toBe(second.statements)
    expect(second.statements).toBeLessThanOrEqual(8)
    expect(structure.dialect.catalogue.queries('live').length).toBeLessThanOrEqual(6)
  })

  test('another version of the server is no difference', async () => {
    const structure = await testedStructure(subject)
    const wanted = ownedModels()
    await structure.sync(wanted)
    const upgraded: SchemaUnderContract['createSchemaDialect'] = (server) =>
      subject.createSchemaDialect({ ...server, version: `${server.version}.99` })
    expect(await structure.sync(wanted, { schema: upgraded })).toMatchObject({ steps: [], leftAlone: [] })
    structure.sent.length = 0
    await structure.sync(wanted, { schema: upgraded })
    expect(structure.sent.filter((sql) => changingStatements.test(sql))).toEqual([])
  })

  test('the policy off does not look at the database', async () => {
    const structure = await testedStructure(subject)
    expect(await structure.sync(everyType(), { policy: 'off' })).toMatchObject({
      policy: 'off',
      statements: 0,
      steps: [],
    })
    expect(structure.sent).toEqual([])
  })

  test('the policy check refuses what is missing and makes nothing, not even a journal', async () => {
    const structure = await testedStructure(subject)
    const wanted = everyType()
    await expect(structure.sync(wanted, { policy: 'check' })).rejects.toMatchObject({ code: 'STRUCTURE_DRIFT' })
    const live = await structure.sync(graphOf(graph({ Other: model('others', { id: uuid().primaryKey() }) })))
    expect(live.leftAlone).toEqual([])
    await expect(structure.sync(wanted, { policy: 'check' })).rejects.toThrow(/table things/)
    await structure.sync(wanted)
    expect(await structure.sync(wanted, { policy: 'check' })).toMatchObject({ steps: [] })
  })

  test('every step says why it is there, how it is undone and how to know that it was done', async () => {
    const structure = await testedStructure(subject)
    const { steps } = await structure.sync(referringModels())
    const applied = (): Promise<readonly number[]> =>
      Promise.all(
        steps.map(async ({ idempotenceProbe: { sql, parameters } }) =>
          Number((await structure.rows(sql, parameters))[0]?.['applied']),
        ),
      )
    for (const step of steps) {
      expect(step.source?.model).toMatch(/^(?:Person|Home|Line|Note|Reply)$/)
      expect(step.inverse?.join()).toMatch(/^(?:drop|alter)/)
    }
    expect(await applied()).toEqual(steps.map(() => 1))
    for (const { inverse } of steps.toReversed()) for (const sql of inverse ?? []) await structure.rows(sql)
    expect(await applied()).toEqual(steps.map(() => 0))
  })

  test('the ledger has a row for each object that was made, with the model fact and both hashes', async () => {
    const structure = await testedStructure(subject)
    const wanted = graphOf(
      graph({ Tag: model('tags', { id: uuid().primaryKey(), label: text().length(1, 9).unique() }) }),
    )
    await structure.sync(wanted)
    const rows = await structure.rows(
      'select kind, path, model, fact, declared_hash, canonical_hash, server from terrace_object',
    )
    const ledger = new Map(rows.map((row) => [String(row['path']), row]))
    const { tags } = snapshotOf(wanted, structure.dialect).tables
    const named = [tags?.primaryKey?.name ?? 'primary', 'uq_tags_label', 'ck_tags_label_length', 'id', 'label']
    expect([...ledger.keys()].toSorted()).toEqual(['tags', ...named.map((name) => `tags.${name}`)].toSorted())
    expect(ledger.get('tags.label')).toMatchObject({ kind: 'column', model: 'Tag', fact: 'column label' })
    for (const row of ledger.values())
      expect([row['declared_hash'], row['canonical_hash']].join()).toMatch(/^\w{64},\w{64}$/)
  })

  test('the journal is made once: where nothing is to be made, no right to make tables is needed', async () => {
    const structure = await testedStructure(subject)
    await structure.sync(everyType())
    await structure.forget()
    structure.sent.length = 0
    await structure.sync(everyType())
    expect(structure.sent.filter((sql) => /^\s*create table if not exists/i.test(sql))).toEqual([])
  })

  test.each(['2', 'unknown'])('a journal of a newer format refuses to start: %s', async (format) => {
    const structure = await testedStructure(subject)
    const wanted = everyType()
    await structure.sync(wanted)
    const key = structure.dialect.quoteName('key')
    const value = structure.dialect.quoteName('value')
    await structure.rows(`update terrace_meta set ${value} = '${format}' where ${key} = 'format'`)
    await expect(structure.sync(wanted)).rejects.toMatchObject({
      code: 'STRUCTURE_FORMAT_NEWER',
      values: { found: Number(format), known: 1 },
    })
  })
}
