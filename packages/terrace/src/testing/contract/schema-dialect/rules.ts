import { describe, expect, test } from 'vitest'
import type { DriverError } from '../../../database/index.ts'
import { everyType, ownedModels, referringModels } from './graphs.ts'
import { testedStructure, type SchemaUnderContract, type TestedStructure } from './subject.ts'

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const now = new Date('2026-03-04T05:06:07.089Z')

/** The database itself holds what the models promise, whoever writes. */
export function rulesContract(subject: SchemaUnderContract): void {
  describe('unique rules', () => {
    async function products(): Promise<
      { add(row: Readonly<Record<string, unknown>>): Promise<void> } & TestedStructure
    > {
      const structure = await testedStructure(subject)
      const graph = ownedModels()
      await structure.sync(graph)
      for (const n of [1, 2]) await structure.insert(graph, 'Device', { id: id(n) })
      let next = 10
      return {
        ...structure,
        add: (row) =>
          structure.insert(graph, 'Product', { id: id((next += 1)), deviceId: id(1), name: `product ${next}`, ...row }),
      }
    }

    test('hold within an owner and among the rows that are alive', async () => {
      const { add } = await products()
      await add({ name: 'Oats' })
      await expect(add({ name: 'Oats' })).rejects.toMatchObject({ kind: 'unique' })
      await add({ name: 'Oats', deviceId: id(2) })
      await add({ name: 'oats' })
      for (const n of [1, 2]) await add({ name: 'Oats', deletedAt: now, deletionId: id(n) })
    })

    test('hold over the whole table where they are global', async () => {
      const { add } = await products()
      await add({ barcode: '123' })
      await expect(add({ barcode: '123', deviceId: id(2) })).rejects.toMatchObject({ kind: 'unique' })
      await expect(add({ barcode: '123', deletedAt: now })).rejects.toMatchObject({ kind: 'unique' })
      await add({ barcode: null })
      await add({ barcode: null })
      await add({ barcode: '123 ' })
    })

    test('hold among the rows of their condition', async () => {
      const { add } = await products()
      await add({ isMain: true })
      await add({ isMain: false })
      await add({ isMain: false })
      await add({ isMain: true, deletedAt: now })
      await add({ isMain: true, deviceId: id(2) })
      await expect(add({ isMain: true })).rejects.toMatchObject({ kind: 'unique' })
    })
  })

  describe('checks', () => {
    const good: Readonly<Record<string, unknown>> = { key: id(1) }
    const bad: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
      ['a text that is too long', { title: 'x'.repeat(61) }],
      ['a number below its range', { whole: -6 }],
      ['a number above its range', { whole: 1_000_001 }],
      ['a number beyond its type', { small: 32_768 }],
      ['a bigint above its range', { big: 2n ** 62n + 1n }],
      ['a decimal above its range', { price: '100000.000' }],
      ['a decimal below its range', { price: '-1.501' }],
      ['a float above its range', { ratio: 1.5001 }],
      ['none of the choices', { kind: 'other' }],
    ]

    test('refuse what the rules refuse, and nothing else', async () => {
      const structure = await testedStructure(subject)
      const graph = everyType()
      await structure.sync(graph)
      for (const [title, row] of bad) {
        const kind = await structure.insert(graph, 'Thing', { ...good, ...row }).then(
          () => 'inserted',
          (error: DriverError) => error.kind,
        )
        expect({ title, kind }).toEqual({ title, kind: expect.stringMatching(/^(?:check|outOfRange|tooLong)$/) })
      }
      const edges = {
        title: '😀'.repeat(60),
        whole: -5,
        big: -(2n ** 62n),
        price: '-1.500',
        ratio: 1.5,
        kind: 'größer',
      }
      await structure.insert(graph, 'Thing', { ...good, ...edges })
      await structure.insert(graph, 'Thing', {
        ...good,
        whole: 1_000_000,
        big: 2n ** 62n,
        price: '99999.999',
        ratio: 0,
      })
    })

    test('A6: keys are numbered by the database, and columns left out get their defaults', async () => {
      const structure = await testedStructure(subject)
      const graph = everyType()
      await structure.sync(graph)
      const before = Date.now()
      for (const _ of [1, 2]) await structure.insert(graph, 'Thing', good)
      const rows = await structure.rows('select * from things order by id')
      expect(rows.map((row) => row['id'])).toEqual([1, 2])
      const decoded = Object.fromEntries(
        (graph.models['Thing']?.columns ?? []).map((column) => {
          const decode = subject.runtime.codec(column).decode as ((value: unknown) => unknown) | null
          const stored = rows[0]?.[column.sqlName]
          return [column.name, stored === null || decode === null ? stored : decode(stored)]
        }),
      )
      expect(decoded).toMatchObject({
        title: `it's a "title" \\ %s ? {x}`,
        note: null,
        whole: -1,
        small: 7,
        big: 2n ** 60n,
        price: '0.125',
        ratio: 0.1,
        isOn: true,
        at: new Date('2026-01-02T03:04:05.678Z'),
        exactAt: '2026-01-02T03:04:05.678901Z',
        day: '2026-02-28',
        hour: '23:59:59',
        data: { a: [1, "it's", null] },
        tags: [],
        kind: 'plain',
      })
      expect([...(decoded['raw'] as Uint8Array)]).toEqual([0, 255])
      // The database's clock is not ours, and a minute tells an hour of a wrong zone.
      expect(Math.abs((decoded['createdAt'] as Date).getTime() - before)).toBeLessThan(60_000)
    })
  })

  describe('references', () => {
    test('refuse what leads nowhere, cascade, set null, and hold over two columns', async () => {
      const structure = await testedStructure(subject)
      const graph = referringModels()
      const { insert, rows } = structure
      await structure.sync(graph)
      await expect(insert(graph, 'Home', { id: id(1), keeperId: id(9) })).rejects.toMatchObject({ kind: 'foreignKey' })
      await insert(graph, 'Person', { id: id(1), bestFriendId: null, homeId: null })
      await insert(graph, 'Person', { id: id(2), bestFriendId: id(1), homeId: null })
      await insert(graph, 'Home', { id: id(1), keeperId: id(1) })
      await insert(graph, 'Person', { id: id(3), bestFriendId: id(3), homeId: null })
      await rows(`delete from people where id = '${id(1)}'`)
      expect(await rows(`select best_friend_id from people where id = '${id(2)}'`)).toEqual([{ best_friend_id: null }])
      expect(await rows('select * from homes')).toEqual([])

      await insert(graph, 'Line', { orderId: 1, position: 2, label: 'a' })
      await expect(insert(graph, 'Note', { orderId: 2, position: 2, text: 'x' })).rejects.toMatchObject({
        kind: 'foreignKey',
      })
      await insert(graph, 'Note', { id: 5, orderId: 1, position: 2, text: 'x' })
      await insert(graph, 'Reply', { noteId: 5 })
      await expect(rows('delete from notes')).rejects.toMatchObject({ kind: 'foreignKey' })
      await rows('delete from replies')
      await rows('delete from ' + structure.dialect.quoteName('lines'))
      expect(await rows('select * from notes')).toEqual([])
    })
  })
}
