import { expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { Dao } from '../../src/dao/index.ts'
import type { Where } from '../../src/dao/index.ts'
import { unscoped } from '../../src/database/index.ts'
import {
  array,
  bigint,
  boolean,
  decimal,
  graph,
  identity,
  integer,
  model,
  oneOf,
  text,
  timestamp,
  uuid,
} from '../../src/model/index.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { naughtyStrings } from '../support/naughty-strings.ts'

const Box = model('boxes', {
  id: identity(),
  texts: array(text().length(0, 2_000)).nullable(),
  numbers: array(integer()).default([]),
  long: array(bigint()).default([]),
  flags: array(boolean()).default([]),
  times: array(timestamp()).default([]),
  keys: array(uuid()).default([]),
  kinds: array(oneOf('a', 'b')).default([]),
  prices: array(decimal(9, 2)).default([]),
})
const models = graph({ Box })
const key = '0198c0de-0000-7000-8000-000000000000'
const noon = new Date('2026-02-05T12:00:00.123Z')

const answers: readonly (readonly [Where<typeof models.Box>, readonly number[]])[] = [
  [{ texts: { has: 'a' } }, [1]],
  [{ texts: { has: '1' } }, [2]],
  [{ texts: { has: 'A' } }, []],
  [{ texts: { has: '' } }, []],
  [{ texts: { hasAll: ['a', 'b'] } }, [1]],
  [{ texts: { hasAll: ['a', 'x'] } }, []],
  [{ texts: { hasAll: ['a', 'a'] } }, [1]],
  [{ texts: { hasAll: [] } }, [1, 2, 3]],
  [{ texts: { hasAny: ['x', 'b', '1'] } }, [1, 2]],
  [{ texts: { hasAny: [] } }, []],
  [{ texts: { isNull: true } }, [3]],
  [{ not: { texts: { has: 'a' } } }, [2]],
  [{ numbers: { has: 1 } }, [1, 2]],
  [{ numbers: { has: 11 } }, []],
  [{ numbers: { hasAll: [1, -2_147_483_648] } }, [2]],
  [{ long: { has: 9_007_199_254_740_993n } }, [1]],
  [{ long: { has: 9_007_199_254_740_992n } }, []],
  [{ flags: { has: false } }, [1]],
  [{ flags: { hasAll: [true, false] } }, [1]],
  [{ times: { has: noon } }, [1]],
  [{ keys: { hasAny: [key] } }, [2]],
  [{ kinds: { has: 'b' } }, [1, 2]],
]

describeEngines(
  'items of arrays',
  (engine) => {
    test('each engine finds the same', { timeout: 60_000 }, async () => {
      const database = await openDatabase((await engine.fresh()).url, { models })
      await database.session(unscoped('test'), async (session) => {
        const boxes = session.use(Dao(models.Box))
        await boxes.create({
          texts: ['a', 'b', '["x"]'],
          numbers: [1, 2],
          long: [9_007_199_254_740_993n],
          flags: [true, false],
          times: [noon],
          kinds: ['b'],
        })
        await boxes.create({
          texts: ['1', 'a b'],
          numbers: [1, -2_147_483_648],
          flags: [true],
          keys: [key],
          kinds: ['a', 'b'],
        })
        await boxes.create({ texts: null })
        const found = []
        for (const [where] of answers) found.push((await boxes.list({ where })).rows.map(({ id }) => id))
        expect(found).toEqual(answers.map(([, ids]) => ids))
        await expect(boxes.list({ where: { prices: { has: '1.50' } } })).rejects.toThrow(
          'to which "has" does not apply',
        )
        await expect(boxes.list({ where: { numbers: { has: 1.5 } } })).rejects.toMatchObject({ code: 'VALIDATION' })
        await expect(boxes.list({ where: { texts: { has: undefined } } as never })).rejects.toMatchObject({
          code: 'DAO_UNDEFINED',
        })
      })
      await database.close()
    })

    test('naughty ones too, and those alone', { timeout: 60_000 }, async () => {
      const database = await openDatabase((await engine.fresh()).url, { models })
      const texts = [...new Set(naughtyStrings())].filter(
        (item) => item.isWellFormed() && !item.includes('\0') && item.length < 500,
      )
      const some = [
        ...texts.filter((_text, at) => at % 60 === 0),
        '"',
        '\\',
        '\\"',
        '\n',
        '\u2028',
        'é',
        'e\u0301',
        '€',
      ]
      await database.session(unscoped('test'), async (session) => {
        const boxes = session.use(Dao(models.Box))
        await boxes.createMany(some.map((item) => ({ texts: ['other', item] })))
        for (const item of some) {
          const { rows } = await boxes.list({ where: { texts: { has: item } } })
          expect([item, rows.map((row) => row.texts?.[1])]).toEqual([item, [item]])
        }
      })
      await database.close()
    })
  },
  ['sqliteMemory', 'postgres', 'mysql'],
)
