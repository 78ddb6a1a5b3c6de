import { expect, test } from 'vitest'
import type { Session } from '../database/index.ts'
import { shape } from '../dto/index.ts'
import { actor, graph, identity, json, model, shared, softDelete, text, uuid } from '../model/index.ts'
import { authentication, bearer, publicAccess } from './authentication.ts'
import { group } from './group.ts'
import { mountRoutes } from './mount-routes.ts'
import { resource } from './resource.ts'
import type { ResourceOperations } from './resource-service.ts'
import { route } from './route.ts'
import type { RouteTree } from './route-facts.ts'

const Note = model(
  'notes',
  { id: uuid().primaryKey(), title: text().length(1, 50), body: json(), ...softDelete() },
  { access: actor() },
)
const Tag = model('tags', { id: identity(), name: text().length(1, 50) }, { access: shared({ write: 'everyone' }) })
const models = graph({ Note, Tag })

function serviceOf<M extends (typeof models)[keyof typeof models]>(bound: M) {
  return class {
    static readonly model = bound
    readonly session: Session
    constructor(session: Session) {
      this.session = session
    }
    declare list: ResourceOperations['list']
    declare get: ResourceOperations['get']
    declare create: ResourceOperations['create']
    declare update: ResourceOperations['update']
    declare delete: ResourceOperations['delete']
    declare restore: ResourceOperations['restore']
  }
}
const NoteService = serviceOf(models.Note)
const TagService = serviceOf(models.Tag)
const open = publicAccess('a test')
const hello = route('GET /hello', { summary: 'Hello', responses: { 204: null }, handler: () => undefined })
const listing = (trees: readonly RouteTree[]) =>
  mountRoutes(trees).routes.map(({ method, path, operationId }) => `${method} ${path} ${operationId}`)
const problems = (trees: readonly RouteTree[]) =>
  mountRoutes(trees).problems.map(({ where, problem }) => `${where}: ${problem}`)

test('a resource has a route per operation, restore only where rows are soft-deleted', () => {
  expect(listing([group({ prefix: '/v1', auth: open }, [resource(NoteService, { path: '/sticky-notes' })])])).toEqual([
    'GET /v1/sticky-notes listStickyNotes',
    'GET /v1/sticky-notes/:id getNote',
    'POST /v1/sticky-notes createNote',
    'PATCH /v1/sticky-notes/:id patchNote',
    'DELETE /v1/sticky-notes/:id deleteNote',
    'POST /v1/sticky-notes/:id/restore restoreNote',
  ])
  expect(
    listing([group({ auth: open }, [resource(TagService, { path: '/tags', except: ['delete', 'patch'] })])]),
  ).toEqual(['GET /tags listTags', 'GET /tags/:id getTag', 'POST /tags createTag'])
  expect(
    listing([group({ auth: open }, [resource(TagService, { path: '/tags', only: ['list', 'get'] })])]),
  ).toHaveLength(2)
})

test('an inner group and a route of its own say who may call before the group around them', () => {
  const device = authentication('device', { scheme: bearer(), verify: async () => ({}), actor: () => ({}) })
  const own = route('GET /own', { summary: 'Own', auth: device, responses: { 204: null }, handler: () => undefined })
  const { routes } = mountRoutes([group({ auth: open }, [hello, own, group({ prefix: '/in', auth: device }, [hello])])])
  expect(routes.map(({ path, auth }) => [path, auth.kind])).toEqual([
    ['/hello', 'public'],
    ['/own', 'authentication'],
    ['/in/hello', 'authentication'],
  ])
})

test('a route that nobody is said to be allowed to call is a problem, as are duplicates and the paths of probes', () => {
  const twin = route('GET /notes/:key', { summary: 'Twin', responses: { 204: null }, handler: () => undefined })
  const probe = route('GET /healthz', { summary: 'Probe', responses: { 204: null }, handler: () => undefined })
  const notes = resource(NoteService, { path: '/notes', only: ['get'] })
  const elsewhere = resource(NoteService, { path: '/more', only: ['get'] })
  expect(problems([hello])).toEqual(['GET /hello: nobody is said to be allowed to call it'])
  expect(problems([group({ auth: open }, [notes, twin, elsewhere, probe])])).toEqual([
    'GET /notes/:key: it is declared twice',
    'GET /more/:id: another route is named getNote too',
    'GET /healthz: the server answers this path by itself',
  ])
})

test('a prefix with a parameter of the name that a key has is a problem', () => {
  const notes = resource(NoteService, { path: '/notes', only: ['get', 'list'] })
  expect(problems([group({ prefix: '/shelves/:id', auth: open }, [notes])])).toEqual([
    'GET /shelves/:id/notes/:id: two parameters of its path have the same name, so that one of them is lost',
  ])
  expect(problems([group({ prefix: '/shelves/:shelf', auth: open }, [notes])])).toEqual([])
})

test('two authentications of one name are a problem', () => {
  const device = () => authentication('device', { scheme: bearer(), verify: async () => ({}), actor: () => ({}) })
  const [one, other] = [device(), device()]
  expect(
    problems([group({ prefix: '/a', auth: one }, [hello]), group({ prefix: '/b', auth: other }, [hello])]),
  ).toEqual(['GET /b/hello: there are two authentications named device'])
  expect(problems([group({ prefix: '/a', auth: one }, [hello]), group({ prefix: '/b', auth: one }, [hello])])).toEqual(
    [],
  )
})

test.each([
  () => route('GET hello' as 'GET /', { summary: '', responses: { 204: null }, handler: () => undefined }),
  () => route('GET /a/:x/:x', { summary: '', responses: { 204: null }, handler: () => undefined }),
  () => route('GET /a/', { summary: '', responses: { 204: null }, handler: () => undefined }),
  () =>
    route('GET /a/:x', {
      summary: '',
      params: shape({ y: uuid() }),
      responses: { 204: null },
      handler: () => undefined,
    }),
  () => route('GET /a', { summary: '', responses: {}, handler: () => undefined as never }),
  () => route('GET /a', { summary: '', responses: { 404: null }, handler: () => undefined }),
  () => group({ prefix: 'v1' }, []),
  () => group({ prefix: '/v1/' }, []),
  () => resource(NoteService, { path: '' }),
  () => resource(NoteService, { path: '/notes', list: { sort: ['-body'] } }),
  () => resource(NoteService, { path: '/notes', list: { limit: 200 } }),
  () => resource(TagService, { path: '/tags', only: ['restore'] }),
])('refuses a wrong declaration where it is made (%#)', (declare) => {
  expect(declare).toThrow(expect.objectContaining({ code: 'APP_DECLARATION' }))
})
