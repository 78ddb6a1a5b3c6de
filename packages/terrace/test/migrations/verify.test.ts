import { expect, test } from 'vitest'
import { dialectOf } from '../../src/connect/dialect-of.ts'
import { readStructure, structureOf, withScratch, type Scratch } from '../../src/sync/index.ts'
import { sampleTables } from '../../src/sync/migrations/author/sample-tables.ts'
import { fillTables, type Filled } from '../../src/sync/migrations/author/samples/fill-tables.ts'
import { structurePairs } from '../../src/testing/index.ts'
import type { EngineName } from '../../src/testing/servers.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { lawEngine } from '../laws/laws-bench.ts'

const count = { sqliteFile: 25, postgres: 6, mysql: 2 } as Readonly<Record<EngineName, number>>

async function onScratch<T>(url: string, work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const { scratch, runtime, schema } = await dialectOf(url)
  const open: typeof runtime.open = (options) => runtime.open(options)
  return withScratch({ scratch, open, schema, url, given: null, production: false }, work)
}

function fill(scratch: Scratch): Promise<Filled> {
  return scratch.connected(async (runner) => {
    const { snapshot, opaque } = await readStructure(runner, scratch.dialect)
    const tables = sampleTables(snapshot, snapshot, [])
    return fillTables({ runner, dialect: scratch.dialect, opaque, tables, rows: [0, 1, 2], variation: 0 })
  })
}

describeEngines(
  'sample rows',
  (engine) => {
    test('are found for any structure that the generator of structures makes', { timeout: 60_000 }, async () => {
      const { url } = await engine.fresh()
      const { vocabulary } = await lawEngine(engine.name)
      await onScratch(url, async (scratch) => {
        const words = vocabulary(scratch.parts.driver.capabilities)
        const quoteName = (name: string): string => scratch.dialect.quoteName(name)
        const without: string[] = []
        for (const { before, cell, seed } of structurePairs({
          vocabulary: words,
          quoteName,
          seed: 20_261_121,
          count: count[engine.name] ?? 0,
        })) {
          await structureOf(scratch.parts).apply(before)
          const { refused } = await fill(scratch)
          without.push(...refused.map(({ table, reason }) => `${cell.edit}@${seed}: ${table}: ${reason}`))
          await scratch.clear()
        }
        expect(without).toEqual([])
      })
    })

    test(
      'are found for rules over several columns, keys of several, to itself and in a circle',
      { timeout: 60_000 },
      async () => {
        const { url } = await engine.fresh()
        await onScratch(url, async (scratch) => {
          await scratch.connected(async (runner) => {
            for (const sql of tangled[engine.name] ?? []) await runner.run(sql)
          })
          const { rows, refused } = await fill(scratch)
          expect(refused).toEqual([])
          expect(rows).toBeGreaterThanOrEqual(13)
        })
      },
    )

    test('are not hidden where a table takes none: the database says why', { timeout: 60_000 }, async () => {
      const { url } = await engine.fresh()
      await onScratch(url, async (scratch) => {
        await scratch.connected((runner) =>
          runner.run('create table never (id integer primary key, constraint nobody check (id = id + 1))'),
        )
        const { refused } = await fill(scratch)
        expect(refused).toEqual([{ table: 'never', reason: expect.stringMatching(/nobody/) as string }])
      })
    })
  },
  ['sqliteFile', 'postgres', 'mysql'],
)

const common = [
  `create table places (
    country char(2) not null check (country in ('at', 'ch', 'de')), code varchar(10) not null,
    opens integer not null, closes integer not null, check (opens between 6 and 12), check (closes > opens + 4),
    primary key (country, code))`,
  `create table visits (
    id integer not null primary key, country char(2) not null, code varchar(10), guest_country char(2) not null, again integer,
    state varchar(10) not null default 'odd' check (state in ('new', 'done') or state = 'odd'), day date not null,
    foreign key (country, code) references places (country, code),
    foreign key (again) references visits (id),
    unique (country, day), check (state <> 'done' or again is not null))`,
  `create table parents (id integer not null primary key, favourite integer unique)`,
  `create table children (
    id integer not null primary key, parent integer not null references parents (id), flag smallint not null check (flag in (0, 1)))`,
]

/** A circle of keys of which each row has to have one, where the engine waits for the end of the transaction. */
const circle = [
  `create table hens (id integer not null primary key, egg integer not null references eggs (id) deferrable initially deferred)`,
  `create table eggs (id integer not null primary key, hen integer not null references hens (id) deferrable initially deferred)`,
]

const tangled: Readonly<Partial<Record<EngineName, readonly string[]>>> = {
  sqliteFile: [...common, ...circle],
  postgres: [
    ...common,
    'alter table parents add foreign key (favourite) references children (id)',
    'create table hens (id integer not null primary key, egg integer not null)',
    ...circle.slice(1),
    'alter table hens add foreign key (egg) references eggs (id) deferrable initially deferred',
    `create type mood as enum ('good', 'bad')`,
    `create table days (at tstzrange primary key, mood mood not null, tags text[] not null, place inet, note interval)`,
  ],
  mysql: [
    ...common,
    'alter table parents add foreign key (favourite) references children (id)',
    `create table days (at year(4) primary key, mood enum('good', 'bad') not null, tags set('a', 'b') not null, flag bit(3))`,
  ],
}
