import type { Snapshot, TableShape } from '../../src/schema/index.ts'
import type { Roles } from './corpus-roles.ts'
import type { CorpusEngine, CorpusName } from './load-corpus.ts'
import { corpusTypes, type CorpusTypes } from './corpus-types.ts'
import {
  editColumn,
  editTable,
  newColumn,
  newForeignKey,
  newIndex,
  newUnique,
  renamedFrom,
  renameColumn,
  renameTable,
  withoutText,
} from './edit-tables.ts'

/** One change of a structure that others made. */
export interface CorpusEdit {
  readonly title: string
  of(before: Snapshot, roles: Roles): Snapshot
  /** Corpora that it cannot be made to, on all engines or on one, with the reason. */
  readonly cannot?: Readonly<Partial<Record<CorpusName | `${CorpusName} ${CorpusEngine}`, string>>>
  /** Columns, `table.column`, whose values it takes away: those alone may differ afterwards. */
  lost?(roles: Roles): readonly string[]
  /** By their former names, what has another one after it: tables, and columns as `table.column`. */
  renamed?(roles: Roles): Readonly<Record<string, string>>
}

type TableEdit = (table: TableShape, roles: Roles, types: CorpusTypes) => TableShape

function inTable(which: 'main' | 'parent' | 'child', change: TableEdit): CorpusEdit['of'] {
  return (before, roles) => editTable(before, roles[which], (table) => change(table, roles, corpusTypes[roles.engine]))
}

const columns: readonly CorpusEdit[] = [
  {
    title: 'a column is added',
    of: inTable('main', (table, _, { whole }) => ({
      ...table,
      columns: [...table.columns, newColumn('rating_of', whole)],
    })),
  },
  {
    title: 'a column that every row has is added, with a default',
    of: inTable('main', (table, { engine }, { text }) => ({
      ...table,
      columns: [
        ...table.columns,
        newColumn('state_of', text(20), {
          nullable: false,
          default: engine === 'postgres' ? `'new'::character varying` : `'new'`,
        }),
      ],
    })),
  },
  {
    title: 'a column is dropped',
    of: inTable('main', (table, { spare }) => ({
      ...table,
      columns: table.columns.filter(({ name }) => name !== spare),
    })),
    lost: ({ main, spare }) => [`${main}.${spare}`],
  },
  {
    title: 'a text becomes longer',
    of: inTable('main', (table, { label }, { text }) => editColumn(table, label, { type: text(300) })),
  },
  {
    title: 'a text becomes shorter, and every value fits',
    of: inTable('main', (table, { label }, { text }) => editColumn(table, label, { type: text(150) })),
  },
  {
    title: 'a number becomes larger',
    of: inTable('main', (table, { number }, { large }) => editColumn(table, number, { type: large })),
  },
  {
    title: 'a decimal gets more digits',
    of: inTable('main', (table, { price }, { decimal }) => editColumn(table, price, { type: decimal(12, 3) })),
  },
  {
    title: 'a column becomes not null, and every row has a value',
    of: inTable('main', (table, { filled }) => editColumn(table, filled, { nullable: false })),
  },
  {
    title: 'a column becomes nullable',
    of: inTable('main', (table, { label }) => editColumn(table, label, { nullable: true })),
  },
  {
    title: 'a number gets another default',
    of: inTable('main', (table, { number }) => editColumn(table, number, { default: '7' })),
  },
  {
    title: 'a text gets a default with quotes, % and ? in it [edge 71]',
    of: inTable('parent', (table, { parentLabel }) => editColumn(table, parentLabel, { default: `'it''s "5%"? $1'` })),
  },
  {
    title: 'a calculated column is added',
    of: inTable('main', (table, { engine, number }, { large }) => ({
      ...table,
      columns: [
        ...table.columns,
        newColumn('twice', large, {
          generated: {
            expression: `(${quoted(engine, number)} * 2)`,
            stored: engine !== 'sqliteFile',
            invisible: false,
          },
        }),
      ],
    })),
  },
  {
    title: 'a column gets another comment, or on SQLite another collation',
    of: inTable('main', (table, { engine, label }) =>
      editColumn(
        table,
        label,
        engine === 'sqliteFile' ? { collation: 'NOCASE' } : { comment: `what it's called: 100%?` },
      ),
    ),
  },
]

const constraints: readonly CorpusEdit[] = [
  {
    title: 'an index is added',
    of: inTable('main', (table, { engine, label }) => ({
      ...table,
      indexes: [...table.indexes, newIndex(engine, 'ix_corpus_label', [[label, 'asc']])],
    })),
  },
  {
    title: 'an index over two columns is added, one of them descending',
    of: inTable('main', (table, { engine, number, label }) => ({
      ...table,
      indexes: [
        ...table.indexes,
        newIndex(engine, 'ix_corpus_two', [
          [number, 'desc'],
          [label, 'asc'],
        ]),
      ],
    })),
  },
  {
    title: 'an index gets a column more',
    of: inTable('main', (table, { engine, link, number }) => ({
      ...table,
      indexes: table.indexes.map((index) =>
        index.columns.length === 1 && index.columns[0]?.name === link
          ? newIndex(engine, index.name, [
              [link, 'asc'],
              [number, 'asc'],
            ])
          : index,
      ),
    })),
  },
  {
    title: 'a reference and its index are dropped',
    of: inTable('main', (table, { link }) => ({
      ...table,
      indexes: table.indexes.filter((index) => index.columns[0]?.name !== link),
      foreignKeys: table.foreignKeys.filter((key) => key.columns[0] !== link),
    })),
  },
  {
    title: 'an index gets another name',
    of: inTable('main', (table) => ({
      ...table,
      indexes: table.indexes.map((index, at) =>
        at === 0 ? withoutText({ ...index, name: 'ix_corpus_other' }) : index,
      ),
    })),
  },
  {
    title: 'a unique rule is added',
    of: inTable('parent', (table, { parentLabel }) => ({
      ...table,
      uniques: [...table.uniques, newUnique('uq_corpus_label', [parentLabel])],
    })),
  },
  {
    title: 'a unique rule over two columns is added',
    of: inTable('main', (table, { number, key }) => ({
      ...table,
      uniques: [...table.uniques, newUnique('uq_corpus_two', [number, key])],
    })),
  },
  {
    title: 'a unique rule over some of the rows is added, where an engine has such',
    of: inTable('main', (table, { engine, key, number }) => ({
      ...table,
      uniques: [
        ...table.uniques,
        engine === 'mysql'
          ? newUnique('uq_corpus_some', [key, number])
          : newUnique('uq_corpus_some', [key, number], { heldBy: 'index', where: `(${quoted(engine, number)} > 5)` }),
      ],
    })),
  },
  {
    title: 'a check is added',
    of: inTable('main', (table, { engine, number }) => ({
      ...table,
      checks: [
        ...table.checks,
        { name: 'ck_corpus_number', expression: `${quoted(engine, number)} > 0`, enforced: true, source: null },
      ],
    })),
  },
  {
    title: 'a check of a text is added, with quotes, % and ? in it [edge 71]',
    of: inTable('main', (table, { engine, label }) => ({
      ...table,
      checks: [
        ...table.checks,
        {
          name: 'ck_corpus_label',
          expression: `${quoted(engine, label)} <> 'it''s 5%? "$1"'`,
          enforced: true,
          source: null,
        },
      ],
    })),
  },
  {
    title: 'a reference is dropped',
    of: inTable('main', (table, { link }) => ({
      ...table,
      foreignKeys: table.foreignKeys.filter((key) => key.columns[0] !== link),
    })),
  },
  {
    title: 'a reference gets another action',
    of: inTable('main', (table, { link }) => ({
      ...table,
      foreignKeys: table.foreignKeys.map((key) =>
        key.columns[0] === link ? withoutText({ ...key, onDelete: 'cascade' as const }) : key,
      ),
    })),
  },
  {
    title: 'a column that refers to its own table is added',
    of: (before, { engine, main, key }) =>
      editTable(before, main, (table) => ({
        ...table,
        columns: [...table.columns, newColumn('sequel_of', typeOf(table, key))],
        indexes: [...table.indexes, newIndex(engine, 'ix_corpus_sequel', [['sequel_of', 'asc']])],
        foreignKeys: [
          ...table.foreignKeys,
          newForeignKey('fk_corpus_sequel', ['sequel_of'], { table: main, columns: [key] }),
        ],
      })),
  },
  {
    title: 'a key gets its columns in another order',
    of: inTable('child', (table, { childKey: [first, second] }) => ({
      ...table,
      primaryKey: table.primaryKey === null ? null : { ...withoutText(table.primaryKey), columns: [second, first] },
    })),
  },
]

const names: readonly CorpusEdit[] = [
  {
    title: 'a column is renamed',
    cannot: { 'sakila mysql': 'the server would leave the view film_list with a name that is gone' },
    of: inTable('main', (table, { optional }) => renameColumn(table, optional, 'size_of')),
    renamed: ({ main, optional }) => ({ [`${main}.${optional}`]: 'size_of' }),
  },
  {
    title: 'a table is renamed',
    of: (before, { parent }) => renameTable(before, parent, 'corpus_parent'),
    renamed: ({ parent }) => ({ [parent]: 'corpus_parent' }),
  },
  {
    title: 'a column is renamed, and gets another type, a default and an index at once',
    of: inTable('main', (table, { engine, number }, { large }) => {
      const renamed = editColumn(renameColumn(table, number, 'amount_of'), 'amount_of', { type: large, default: '9' })
      return { ...renamed, indexes: [...renamed.indexes, newIndex(engine, 'ix_corpus_amount', [['amount_of', 'asc']])] }
    }),
    renamed: ({ main, number }) => ({ [`${main}.${number}`]: 'amount_of' }),
  },
  {
    title: 'two columns swap their names [edge 64]',
    cannot: { 'sakila mysql': 'the server would leave the view film_list with a name that is gone' },
    of: inTable('main', (table, { number, optional }) => {
      const swapped = renameColumn(renameColumn(renameColumn(table, number, '_'), optional, number), '_', optional)
      return editColumn(swapped, optional, { source: renamedFrom(table.name, number, optional) })
    }),
    renamed: ({ main, number, optional }) => ({ [`${main}.${number}`]: optional, [`${main}.${optional}`]: number }),
  },
  {
    title: 'a table, a column of it and an index are renamed in one step [edge 65]',
    of: (before, { main, optional }) =>
      renameTable(
        editTable(before, main, (table) => {
          const renamed = renameColumn(table, optional, 'size_of')
          const [first, ...rest] = renamed.indexes
          return first === undefined
            ? renamed
            : { ...renamed, indexes: [withoutText({ ...first, name: 'ix_corpus_renamed' }), ...rest] }
        }),
        main,
        'corpus_main',
      ),
    renamed: ({ main, optional }) => ({ [main]: 'corpus_main', [`${main}.${optional}`]: 'size_of' }),
  },
]

const tables: readonly CorpusEdit[] = [
  {
    title: 'a table that refers to another one is created',
    of: (before, { engine, main, key }) => {
      const { whole, text } = corpusTypes[engine]
      const link = newColumn('main_id', typeOf(before.tables[main], key))
      const made: TableShape = {
        name: 'corpus_made',
        comment: null,
        options: before.tables[main]?.options ?? {},
        columns: [newColumn('id', whole, { nullable: false }), newColumn('label', text(40)), link],
        primaryKey: { name: engine === 'postgres' ? 'pk_corpus_made' : null, columns: ['id'], source: null },
        uniques: [newUnique('uq_corpus_made', ['label'])],
        indexes: [newIndex(engine, 'ix_corpus_made', [['main_id', 'asc']])],
        foreignKeys: [newForeignKey('fk_corpus_made', ['main_id'], { table: main, columns: [key] })],
        checks: [],
        source: null,
      }
      return { tables: { ...before.tables, corpus_made: made } }
    },
  },
  {
    title: 'a table is dropped',
    cannot: { sakila: 'views use every table that nothing refers to' },
    of: (before, { child }) => ({
      tables: Object.fromEntries(Object.entries(before.tables).filter(([name]) => name !== child)),
    }),
    lost: ({ child }) => [child],
  },
]

/** The one that loses a table's rows is the last. */
export const corpusEdits: readonly CorpusEdit[] = [...columns, ...constraints, ...names, ...tables]

function quoted(engine: Roles['engine'], name: string): string {
  return engine === 'mysql' ? `\`${name}\`` : `"${name}"`
}

function typeOf(table: TableShape | undefined, name: string): string {
  const column = table?.columns.find((each) => each.name === name)
  if (column === undefined) throw new Error(`there is no column ${name}`)
  return column.type
}
