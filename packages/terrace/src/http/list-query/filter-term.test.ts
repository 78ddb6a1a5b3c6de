import { expect, test } from 'vitest'
import { readOf } from '../../dto/index.ts'
import { actor, array, graph, integer, model, owner, reference, shared, text, uuid } from '../../model/index.ts'
import type { BoundModel } from '../../model/index.ts'
import { readQueryString } from '../query-string.ts'
import { readFilterConditions } from './filter-conditions.ts'
import { namedTerms, refuseDeepTerms } from './filter-language.ts'
import { FilterLevel } from './filter-level.ts'
import { filtersOf } from './filters.ts'
import type { IncludePaths } from './includable.ts'
import { Includable } from './includable.ts'
import type { QueryReading } from './query-reading.ts'
import { readableColumns } from './readable-columns.ts'

const User = model('users', { id: uuid().primaryKey(), name: text(), secret: text().hidden() }, { access: actor() })
const Post = model('posts', {
  id: uuid().primaryKey(),
  ownerId: owner(User, { as: 'author', inverse: 'posts', readable: true }),
  editorId: reference(User, { inverse: 'edited' }).hidden().nullable(),
  title: text().filterable('contains'),
  stars: integer().nullable(),
  answersId: reference('posts', { key: uuid(), inverse: 'replies' }).nullable(),
})
const Recipe = model(
  'recipes',
  { id: uuid().primaryKey(), tags: array(text()), cookId: reference(User) },
  { access: shared({ write: 'everyone' }) },
)
const models = graph({ User, Post, Recipe })
const wire = { names: 'camel', shapeOf: readOf } as const

function levelOf(include: IncludePaths = null, of: BoundModel = models.Post): FilterLevel {
  const { fact } = of
  const sources = { includable: new Includable(of, include, wire), wire }
  return new FilterLevel(fact, filtersOf(readableColumns(fact, [readOf(fact)], 'camel')), { sources })
}

const level = levelOf()

function read(query: string, at: FilterLevel = level): unknown {
  const reading: QueryReading = { texts: readQueryString(query), issues: [] }
  const named = namedTerms(reading.texts, new Set(['sort']), at)
  refuseDeepTerms(reading, named)
  const where = readFilterConditions(reading, named.terms)
  return reading.issues.length === 0 ? where : reading.issues.map(({ path, code }) => `${path} ${code}`)
}

const related = (quantifier: string, relation: string, where: object) => ({
  related: { quantifier, relation, of: expect.anything(), where },
})

test.each([
  [
    'or[a][title]=x&or[a][stars][lt]=3&or[b][title]=y',
    { or: [{ and: [{ title: 'x' }, { stars: { lt: 3 } }] }, { title: 'y' }] },
  ],
  ['or[0][title]=x', { or: [{ title: 'x' }] }],
  ['and[a][or][x][stars]=1&and[a][or][y][stars]=2', { and: [{ or: [{ stars: 1 }, { stars: 2 }] }] }],
  ['not[title]=x&not[stars][null]=true', { not: { and: [{ title: 'x' }, { stars: { isNull: true } }] } }],
  ['or[a.title]=x&or[a.stars.in]=1&or[a.stars.in]=2', { or: [{ and: [{ title: 'x' }, { stars: { in: [1, 2] } }] }] }],
  ['or[a.stars.in]=1&or[a][stars][in]=2', { or: [{ stars: { in: [1, 2] } }] }],
  ['author[name]=Ann', related('some', 'author', { name: 'Ann' })],
  ['replies[none][title]=x', related('none', 'replies', { title: 'x' })],
  ['replies[some]=true', related('some', 'replies', {})],
  ['replies[some]=false', related('none', 'replies', {})],
  [
    'replies[every.stars.gte]=4&replies[every.title]=x',
    related('every', 'replies', { and: [{ title: 'x' }, { stars: { gte: 4 } }] }),
  ],
  [
    'replies[some][or][a][title]=x&replies[some][or][b][author][name]=y',
    related('some', 'replies', { or: [related('some', 'author', { name: 'y' }), { title: 'x' }] }),
  ],
  [
    'answers[answers][answers][title]=x',
    related('some', 'answers', related('some', 'answers', related('some', 'answers', { title: 'x' }))),
  ],
  [
    'title=x&not[title]=y&replies[some]=true&or[a][stars]=1',
    { and: [{ title: 'x' }, related('some', 'replies', {}), { or: [{ stars: 1 }] }, { not: { title: 'y' } }] },
  ],
] as const)('reads %s', (query, where) => {
  expect(read(query)).toEqual(where)
})

test.each([
  ['or[a][stars]=x', ['/or[a][stars] TYPE']],
  ['or[a.stars]=1&or[a][stars]=2', ['/or[a.stars] REPEATED']],
  ['replies[some]=maybe', ['/replies[some] TYPE']],
  ['replies[some]=true&replies[some]=true', ['/replies[some] REPEATED']],
  ['answers[answers][answers][answers][title]=x', ['/answers[answers][answers][answers][title] DEPTH']],
  [
    'replies[some][replies][some][replies][some][replies][some]=true',
    ['/replies[some][replies][some][replies][some][replies][some] DEPTH'],
  ],
  ['not[not][not][not][title]=x', ['/not[not][not][not][title] DEPTH']],
  ['or[a][and][b][not][or][c][title]=x', ['/or[a][and][b][not][or][c][title] DEPTH']],
  [Array.from({ length: 21 }, (_, at) => `or[${at}][author][name]=x`).join('&'), [' TOO_MANY']],
  [Array.from({ length: 101 }, (_, at) => `or[${at}][title]=x`).join('&'), [' TOO_MANY']],
])('refuses the value of %s', (query, issues) => {
  expect(read(query)).toEqual(issues)
})

function refusedFor(query: string, at: FilterLevel = level): unknown {
  try {
    return read(query, at)
  } catch (error) {
    const { code, issues } = error as { code: string; issues: readonly { message: string }[] }
    return [code, ...issues.map(({ message }) => message.replace('is not known here; known: ', ''))]
  }
}

const ofPost = 'id, ownerId, title, stars, answersId, author, answers, replies, and, or, not'

test.each([
  ['editor[name]=x', ofPost],
  ['nobody[name]=x', ofPost],
  ['author[secret]=x', 'id, name, posts, and, or, not'],
  ['author[nothing]=x', 'id, name, posts, and, or, not'],
  ['author[edited][some][title]=x', 'id, name, posts, and, or, not'],
  ['author=x', `sort, ${ofPost}`],
  ['author[name][contains]=x', 'name, name[in]'],
  ['replies[title]=x', 'some, none, every'],
  ['replies[none]=true', ofPost],
  ['replies[some][title][startsWith]=x', 'title, title[in], title[contains]'],
  ['title[like]=x', 'title, title[in], title[contains]'],
  ['or[title]=x', ofPost],
  ['or[a b][title]=x', ofPost],
  ['or[a]=x', ofPost],
  ['or=x', `sort, ${ofPost}`],
  ['or[a][sort]=x', ofPost],
  ['not[]=x', ofPost],
  ['not[title=x', ofPost],
  ['not[title]]=x', ofPost],
  ['not[[title]]=x', ofPost],
  ['a.title=x', ofPost],
  ['or[__proto__][constructor]=x', ofPost],
  ['__proto__[name]=x', ofPost],
  ['author[__proto__][x]=x', 'id, name, posts, and, or, not'],
])('a name that may not be asked is as unknown as any other: %s', (query, known) => {
  expect(refusedFor(query)).toEqual(['UNKNOWN_QUERY', known])
})

const tagFilters = 'tags[has], tags[hasAny], tags[hasAll]'

test.each([
  ['nothing=x', `sort, id, ${tagFilters}, cookId, cook, and, or, not`],
  ['tags=x', `sort, ${tagFilters}`],
  ['tags[like]=x', tagFilters],
  ['or[a][tags]=x', tagFilters],
  ['not[tags][like]=x', tagFilters],
])('of an array the filters are known, though none is its name alone: %s', (query, known) => {
  expect(refusedFor(query, levelOf(null, models.Recipe))).toEqual(['UNKNOWN_QUERY', known])
})

test('a relation to rows with an array is documented with it', () => {
  expect(levelOf(null, models.Recipe).names).toEqual(['id', 'tags', 'cookId', 'cook'])
})

test('by what may not be included nothing is filtered', () => {
  expect(read('author[name]=x', levelOf(['author']))).toMatchObject(related('some', 'author', { name: 'x' }))
  expect(refusedFor('replies[some]=true', levelOf(['author']))).toMatchObject(['UNKNOWN_QUERY', expect.any(String)])
  expect(refusedFor('author[posts][some]=true', levelOf(['author']))).toEqual([
    'UNKNOWN_QUERY',
    'id, name, and, or, not',
  ])
  expect(refusedFor('author[name]=x', levelOf([]))).toMatchObject(['UNKNOWN_QUERY', expect.any(String)])
})

test('equal questions are one condition, whatever their order and labels', () => {
  const asked = [
    'or[a][title]=x',
    'or[a][stars][in]=1',
    'or[b][replies][some][stars]=3',
    'or[c][id][in]=0198c0de-0000-7000-8000-000000000000',
    'not[stars]=2',
    'title=y',
  ]
  const relabelled = asked.toReversed().map((term) => term.replace('[a]', '[zz]').replace('[b]', '[0]'))
  expect(read(relabelled.join('&'))).toEqual(read(asked.join('&')))
})

test('what rows of a model may be asked is kept once, however many paths of relations clients try', () => {
  const at = (from: FilterLevel, ...path: readonly string[]): FilterLevel =>
    path.reduce((found, name) => found.relations.get(name)?.level ?? found, from)
  expect(at(level, 'author').filters).toBe(at(level, 'replies', 'author').filters)
  expect(at(level, 'author', 'posts').filters).toBe(at(levelOf(), 'replies', 'replies').filters)
})
