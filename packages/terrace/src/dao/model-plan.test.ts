import { expect, test } from 'vitest'
import {
  actor,
  graph,
  identity,
  integer,
  json,
  model,
  native,
  owner,
  reference,
  softDelete,
  text,
  timestamps,
  uuid,
} from '../model/index.ts'
import { columnsNamed, planOf, type ColumnPlan } from './model-plan.ts'

const User = model('users', { id: uuid().primaryKey() }, { access: actor() })
const Note = model('notes', {
  id: uuid().primaryKey(),
  userId: owner(User),
  title: text().length(1, 9).ignoreCase(),
  body: text().nullable(),
  kind: text().default('plain'),
  tags: json().default(() => ({})),
  marks: json().default({ seen: false }),
  code: text().immutable(),
  size: integer(),
  ...timestamps(),
  ...softDelete(),
})
const Page = model('pages', { id: uuid().primaryKey(), userId: owner(User), noteId: reference(Note) })
const Line = model('lines', { id: identity(), userId: owner(User), words: native('tsvector').nullable() })
const models = graph({ User, Note, Page, Line })
const note = planOf(models.Note.fact)

const named = (columns: readonly ColumnPlan[]): readonly string[] => columns.map(({ name }) => name)
const that = (holds: (column: ColumnPlan) => boolean): readonly string[] => named(note.columns.filter(holds))

test('a model has one plan', () => {
  expect(planOf(models.Note.fact)).toBe(note)
  expect(planOf(models.Page.fact)).not.toBe(note)
})

test('what may be given, must be given and may be changed', () => {
  const own = ['title', 'body', 'kind', 'tags', 'marks', 'code', 'size']
  expect(that(({ isInsertable }) => isInsertable)).toEqual(['id', 'userId', ...own])
  expect(that(({ isRequired }) => isRequired)).toEqual(['title', 'code', 'size'])
  expect(note.requiredColumns).toBe(3)
  expect(that(({ isChangeable }) => isChangeable)).toEqual(own.filter((name) => name !== 'code'))
  expect(note.columns.map(({ at }) => at)).toEqual(note.columns.map((_, at) => at))
})

test('what is made for each row, and what all rows share', () => {
  expect(named(note.stamped)).toEqual(['id', 'tags', 'marks', 'createdAt', 'updatedAt'])
  const set = Object.entries(note.blankRow).filter(([, value]) => value !== null)
  expect(set).toEqual([['kind', 'plain']])
  expect(Object.keys(note.blankRow)).toEqual(named(note.columns))
  expect([note.owner?.name, note.updatedAt?.name, note.identity]).toEqual(['userId', 'updatedAt', null])
})

test('what an INSERT writes, and what only the database knows', () => {
  expect(named(note.inserted)).toEqual(named(note.columns))
  expect([note.unknown, note.isPlainInsert]).toEqual([[], true])
  const line = planOf(models.Line.fact)
  expect([named(line.inserted), named(line.unknown), line.identity?.name]).toEqual([['userId'], ['words'], 'id'])
  expect(line.columns.map(({ isRequired }) => isRequired)).toEqual([false, false, false])
  // A companion of a column that ignores case is a parameter too.
  expect(note.parametersPerRow).toBe(note.columns.length + 1)
  expect(line.parametersPerRow).toBe(3)
})

test('a row whose references have to be asked for, or that the database completes, is no plain one', () => {
  expect([models.User, models.Page, models.Line].map(({ fact }) => planOf(fact).isPlainInsert)).toEqual([
    true,
    false,
    false,
  ])
})

test('what no engine orders alike is no sort term', () => {
  const left = ['tags', 'marks']
  const terms = named(note.columns).filter((name) => !left.includes(name))
  expect([...note.orderTerms.keys()]).toEqual(terms.flatMap((name) => [name, `-${name}`]))
  expect(note.orderTerms.get('-title')).toMatchObject({ direction: 'desc', term: '-title' })
  expect(note.orderTerms.get('title')).toMatchObject({ direction: 'asc', term: 'title' })
})

test('a filter may go beyond the rules of a column, and not beyond its type', () => {
  const [title] = columnsNamed(note.column, ['title', 'nothing']) as [ColumnPlan]
  const long = 'longer than nine'
  expect([title.check(long) === null, title.checkType(long) === null, title.checkType(1) === null]).toEqual([
    false,
    true,
    false,
  ])
})
