import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonPath } from '../../../src/dao/index.ts'
import { jsonTypes, type JsonType } from '../../../src/database/index.ts'
import type { Json } from '../../../src/model/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { ann, ben, families, SampleDao, useSamples, type Samples } from './samples.ts'

type Path = readonly (string | number)[]

/** A property that the object itself has, or a place in an array; nothing else leads anywhere. */
function at(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof part === 'number') return Array.isArray(value) ? value[part] : undefined
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject && Object.hasOwn(value, part) ? (value as Record<string, unknown>)[part] : undefined
  }, document)
}

function asType(value: unknown, type: JsonType): unknown {
  if (value === undefined || value === null) return null
  if (type === 'json') return value
  const name = type === 'text' ? 'string' : type
  return typeof value === name ? value : null
}

const document = `{
  "name": "Ann", "": "empty", "a.b": "dot", "a\\"b": "quote", "a\\\\b": "backslash", "é😀": "unicode", "\\n\\t": "control",
  "__proto__": "own", "constructor": {"name": "mine"}, "0": "text nought", "$": "dollar", "[0]": "brackets", "*": "star", "'": "tick",
  "list": ["zero", 1, true, null, {"deep": [["x"]]}], "number": -1.5e-7, "big": 12345678901234567890, "yes": true, "no": false,
  "nothing": null, "space": "a ", "digits": "12", "lines": "1\\n2\\\\ \\"3\\" 😀"
}`

const known: readonly (readonly [Path, JsonType, unknown])[] = [
  [['name'], 'text', 'Ann'],
  [['name'], 'number', null],
  [['name', 0], 'text', null],
  [['name', 'length'], 'json', null],
  [[''], 'text', 'empty'],
  [['a.b'], 'text', 'dot'],
  [['a', 'b'], 'text', null],
  [['a"b'], 'text', 'quote'],
  [['a\\b'], 'text', 'backslash'],
  [['é😀'], 'text', 'unicode'],
  [['\n\t'], 'text', 'control'],
  [['__proto__'], 'text', 'own'],
  [['constructor', 'name'], 'text', 'mine'],
  [['toString'], 'json', null],
  [['0'], 'text', 'text nought'],
  [[0], 'text', null],
  [['$'], 'text', 'dollar'],
  [['[0]'], 'text', 'brackets'],
  [['*'], 'text', 'star'],
  [["'"], 'text', 'tick'],
  [['list', 0], 'text', 'zero'],
  [['list', '0'], 'text', null],
  [['list', 1], 'number', 1],
  [['list', 2], 'boolean', true],
  [['list', 3], 'json', null],
  [['list', 4, 'deep', 0, 0], 'text', 'x'],
  [['list', 4, 'deep', 0], 'json', ['x']],
  [['list', 5], 'json', null],
  [['list', 0, 0], 'text', null],
  [['list', 4, 0], 'json', null],
  [['number'], 'number', -1.5e-7],
  [['big'], 'number', Number('12345678901234567890')],
  [['digits'], 'number', null],
  [['list', 1], 'text', null],
  [['yes'], 'boolean', true],
  [['no'], 'boolean', false],
  [['yes'], 'text', null],
  [['yes'], 'number', null],
  [['nothing'], 'json', null],
  [['nothing'], 'text', null],
  [['space'], 'text', 'a '],
  [['lines'], 'text', '1\n2\\ "3" 😀'],
]

const seed = Number(process.env['TERRACE_SEED'] ?? Date.now() % 1_000_000)
const keys = fc
  .oneof(
    fc.constantFrom('a', 'b', '', '__proto__', 'a"b', '\\', 'é😀', '0', '.', '$', "'", '[0]', '*', '\u007f', '\u2028'),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  )
  // What begins with "-" not every engine can name: see the refusals.
  .filter((key) => key.isWellFormed() && !key.includes('\0') && !key.startsWith('-'))
const scalars = fc.oneof(
  keys,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(keys, tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
}))
const documents = fc
  .sample(fc.array(fc.tuple(keys, values), { minLength: 1, maxLength: 5 }), {
    numRuns: Number(process.env['TERRACE_HELPER_DOCUMENTS'] ?? 12),
    seed,
  })
  .map((entries) => JSON.parse(JSON.stringify(Object.fromEntries(entries))) as Json)

/** Every path of a document, and each with a step that leads nowhere. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) =>
          pathsOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
        )
      : []
  return [path, [...path, 0], [...path, '0'], ...inner]
}

async function fill({ as }: Samples): Promise<void> {
  await as(ann, async (session) => {
    const dao = session.use(SampleDao)
    await dao.create({ no: 0, facts: JSON.parse(document) as Json, moments: [new Date(0), new Date(5)] })
    await dao.create({ no: -1 })
    await dao.createMany(documents.map((facts, row) => ({ no: row + 1, facts })))
    await dao.create({ no: -2, facts: { name: 'Ann' } })
    await dao.deleteWhere({ no: -2 })
  })
  await as(ben, (session) => session.use(SampleDao).create({ no: 0, facts: { name: 'Ben' } }))
}

describeEngines(
  `paths into json, seed ${seed} (X1)`,
  (engine) => {
    const opened = useSamples(engine, fill)

    const ask = (no: number, asked: readonly (readonly [Path, JsonType, ...unknown[]])[]) =>
      opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => asked.map(([path, type], column) => jsonPath(eb.ref('facts'), path, type).as(`c${column}`)))
            .where('no', '=', no),
        ),
      )

    test('give what the document itself has there, as the type that is asked for', async () => {
      const [found] = await ask(0, known)
      expect(Object.values(found ?? {})).toEqual(known.map(([, , expected]) => expected))
    })

    test('give null of a document that is missing', async () => {
      const [found] = await ask(
        -1,
        jsonTypes.map((type) => [['name'], type] as const),
      )
      expect(Object.values(found ?? {})).toEqual([null, null, null, null])
    })

    test('agree with JavaScript on any document', async () => {
      for (const [row, facts] of documents.entries()) {
        const asked = pathsOf(facts)
          .slice(0, 40)
          .flatMap((path) => jsonTypes.map((type) => [path, type] as const))
        const [found] = await ask(row + 1, asked)
        expect(Object.values(found ?? {})).toEqual(asked.map(([path, type]) => asType(at(facts, path), type)))
      }
    })

    test('find rows: by equality with case and trailing spaces, by order, by truth, by a value that is read', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [
              'no',
              eb(jsonPath(eb.ref('facts'), ['space'], 'text'), '=', 'a').as('isTrimmed'),
              eb(jsonPath(eb.ref('facts'), ['name'], 'text'), '=', 'ann').as('isLower'),
              eb(jsonPath(eb.ref('facts'), ['name'], 'text'), '<', 'a').as('isBefore'),
              jsonPath(jsonPath(eb.ref('facts'), ['list'], 'json'), [4, 'deep'], 'json').as('deep'),
              jsonPath(eb.ref('moments'), [1], 'text').as('moment'),
            ])
            .where((eb) =>
              eb.and([
                eb(jsonPath(eb.ref('facts'), ['name'], 'text'), '=', 'Ann'),
                eb(jsonPath(eb.ref('facts'), ['number'], 'number'), '<', 0),
                eb(jsonPath(eb.ref('facts'), ['yes'], 'boolean'), '=', true),
                eb(jsonPath(eb.ref('facts'), ['nothing'], 'json'), 'is', null),
              ]),
            ),
        ),
      )
      expect(found).toEqual([
        {
          no: 0,
          isTrimmed: false,
          isLower: false,
          isBefore: true,
          deep: [['x']],
          moment: '1970-01-01T00:00:00.005Z',
        },
      ])
    })

    test('are grouped and sorted by, under a name', async () => {
      const found = await opened().samples((dao) =>
        dao.select((query) =>
          query
            .clearSelect()
            .select((eb) => [
              jsonPath(eb.ref('facts'), ['name'], 'text').as('owner'),
              eb.fn.countAll<number>().as('count'),
            ])
            .where('no', '<', 1)
            .groupBy('owner')
            .orderBy('owner', 'desc'),
        ),
      )
      // Neither the row of the trash nor Ben’s.
      expect(found).toEqual([
        { owner: 'Ann', count: 1 },
        { owner: null, count: 1 },
      ])
    })
  },
  families,
)
