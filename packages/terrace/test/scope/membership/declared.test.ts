import { describe, expect, test } from 'vitest'
import { createApp } from '../../../src/app/index.ts'
import { authentication, bearer, group, plain, publicAccess, resource } from '../../../src/http/index.ts'
import type { RouteGroup } from '../../../src/http/index.ts'
import { actor, graph, memberOf, model, oneOf, reference, softDelete, text } from '../../../src/model/index.ts'
import { CrudService } from '../../../src/service/index.ts'
import { testClient } from '../../../src/testing/index.ts'
import { models } from './community-models.ts'
import { fill } from './communities.ts'

describe('what a membership is in the facts of a graph', () => {
  const { Community, CommunityMember, Notice, ListItem } = models
  const membership = {
    table: 'community_members',
    groupColumn: 'communityId',
    actorColumn: 'userId',
    actor: 'User',
    roleColumn: 'role',
  }

  test('the group itself has no reference to it, what is in it has one', () => {
    expect(Community.fact.access).toEqual({
      kind: 'memberOf',
      groupTable: 'communities',
      reference: null,
      membership,
      read: 'members',
      write: ['staff'],
    })
    expect(Notice.fact.access).toMatchObject({ reference: Notice.fact.column['communityId']?.reference, membership })
    expect(ListItem.fact.access).toMatchObject({
      membership: {
        table: 'list_guests',
        groupColumn: 'listId',
        actorColumn: 'guestId',
        actor: 'User',
        roleColumn: 'may',
      },
    })
    expect(Notice.graph.isScoped).toBe(true)
  })

  test('unique rules hold within the group', () => {
    expect(Notice.fact.uniques).toMatchObject([{ columns: ['title'], within: ['communityId'], aliveOnly: true }])
    expect(Community.fact.uniques).toMatchObject([{ columns: ['name'], within: [] }])
    expect(CommunityMember.fact.uniques).toMatchObject([{ columns: ['communityId', 'userId'], within: [] }])
  })

  test('a membership has an index over its group and its actor, unless something begins with both', () => {
    const indexes = (columns: object, options: object): readonly string[] => {
      const User = model('users', { id: text().length(1, 9).primaryKey() }, { access: actor() })
      const Club = model(
        'clubs',
        { id: text().length(1, 9).primaryKey() },
        { access: memberOf('clubs', { through: 'seats' }) },
      )
      const key = { clubId: reference(Club), userId: reference(User) }
      const Seat = model(
        'seats',
        { ...key, ...columns },
        { access: memberOf('clubs', { through: 'seats' }), ...options },
      )
      return graph({ User, Club, Seat }).Seat.fact.indexes.map(({ name }) => name)
    }
    const id = text().length(1, 9).primaryKey()
    expect(indexes({ id }, {})).toEqual(['ix_seats_club_id_user_id', 'ix_seats_user_id'])
    expect(indexes({ id }, { uniques: [['clubId', 'userId']] })).toEqual(['ix_seats_user_id'])
    expect(indexes({ id, ...softDelete() }, { uniques: [['userId', 'clubId']] })).toEqual([
      'ix_seats_club_id',
      'ix_seats_user_id',
    ])
    expect(indexes({ id }, { indexes: [['userId', 'clubId', 'id']] })).toEqual([
      'ix_seats_user_id_club_id_id',
      'ix_seats_club_id',
    ])
    expect(indexes({ id }, { indexes: [['userId', '-clubId']] })).toContain('ix_seats_club_id_user_id')
    expect(
      indexes({ id, role: oneOf('a', 'b') }, { uniques: [{ columns: ['clubId', 'userId'], where: { role: 'a' } }] }),
    ).toContain('ix_seats_club_id_user_id')
  })
})

class CommunityService extends CrudService(models.Community) {}
class NoticeService extends CrudService(models.Notice) {}
class PostService extends CrudService(models.Post) {}
class ReportService extends CrudService(models.Report) {}
class CommentService extends CrudService(models.Comment) {}

const resources = [
  resource(CommunityService, { path: '/communities' }),
  resource(NoticeService, { path: '/notices' }),
  resource(PostService, { path: '/posts' }),
  resource(ReportService, { path: '/reports' }),
  resource(CommentService, { path: '/comments' }),
]

/** The token is the user’s name. */
const key = authentication('key', {
  scheme: bearer({ form: (token) => token.length > 0 }),
  verify: async ({ token }) => ({ user: token }),
  actor: ({ user }) => ({ User: user }),
})

const appOf = (routes: readonly RouteGroup[], options: object = { auth: key }) =>
  createApp({
    title: 'Communities',
    version: '1.0.0',
    models,
    responses: plain,
    routes: [group({ prefix: '/v1', ...options }, routes)],
  })

describe('what is derived for groups over HTTP', () => {
  test('B7: routes follow from who writes, and say 403 and 404 where those can be', () => {
    const { routes } = appOf(resources)
    const of = (path: string) =>
      routes.filter((route) => route.path.startsWith(`/v1${path}`)).map(({ operation }) => operation)
    expect(of('/communities')).toEqual(['list', 'get', 'patch', 'delete', 'restore'])
    expect(of('/reports')).toEqual(['list', 'get'])
    expect(of('/notices')).toEqual(['list', 'get', 'create', 'patch', 'delete', 'restore'])
  })

  test('a route that anybody may call is refused, unless it only reads what everyone reads', () => {
    const open = (routes: readonly RouteGroup[]) => () => appOf(routes, { auth: publicAccess('a test') })
    expect(open([resource(NoticeService, { path: '/notices', only: ['list'] })])).toThrow(
      'anybody may call it, but a Notice belongs to the members of its group',
    )
    expect(open([resource(PostService, { path: '/posts', only: ['create'] })])).toThrow(
      'a Post belongs to the members of its group',
    )
    expect(open([resource(PostService, { path: '/posts', only: ['list', 'get'] })])).not.toThrow()
  })

  test('B7: members, staff and others get what the rows say, and the document knows each answer', async () => {
    const client = await testClient(appOf(resources))
    const alive = { deletedAt: null, deletionId: null }
    await fill(client.database, {
      users: ['ann', 'ben', 'cleo'].map((id) => ({ id, ...alive })),
      communities: [{ id: 'c', name: 'Chess', ...alive }],
      community_members: [
        { id: '1', communityId: 'c', userId: 'ann', role: 'staff', ...alive },
        { id: '2', communityId: 'c', userId: 'ben', role: 'member', ...alive },
      ],
      notices: [{ id: 'n', communityId: 'c', title: 'Welcome', replyToId: null, ...alive }],
      posts: [{ id: 'p', communityId: 'c', body: 'Hello', ...alive }],
    })
    const ask = async (user: string, method: string, path: string, body?: object): Promise<unknown> => {
      const headers = { authorization: `Bearer ${user}` }
      const answer = await client.request(method as 'GET', `/v1${path}`, {
        headers,
        ...(body === undefined ? {} : { body }),
      })
      const { code } = (answer.json ?? {}) as { readonly code?: string }
      return code === undefined ? answer.status : `${answer.status} ${code}`
    }
    const patch = { title: 'Changed' }
    const notice = { id: 'x', communityId: 'c', title: 'New' }
    const answers: Record<string, readonly unknown[]> = {}
    for (const user of ['cleo', 'ben', 'ann']) {
      answers[user] = [
        await ask(user, 'GET', '/notices/n'),
        await ask(user, 'PATCH', '/notices/n', patch),
        await ask(user, 'POST', '/notices', notice),
        await ask(user, 'GET', '/posts/p'),
        await ask(user, 'PATCH', '/posts/p', { body: 'Changed' }),
        await ask(user, 'POST', '/comments', { id: `m ${user}`, noticeId: 'n', body: 'x' }),
        await ask(user, 'DELETE', '/notices/n'),
        await ask(user, 'POST', '/notices/n/restore'),
        await ask(user, 'DELETE', '/communities/c'),
      ]
    }
    expect(answers).toEqual({
      cleo: [
        '404 NOT_FOUND',
        '404 NOT_FOUND',
        '422 REFERENCE_MISSING',
        200,
        '403 FORBIDDEN',
        '422 REFERENCE_MISSING',
        '404 NOT_FOUND',
        '404 NOT_FOUND',
        '404 NOT_FOUND',
      ],
      ben: [
        200,
        '403 FORBIDDEN',
        '422 REFERENCE_MISSING',
        200,
        200,
        '422 REFERENCE_MISSING',
        '403 FORBIDDEN',
        200,
        '403 FORBIDDEN',
      ],
      ann: [200, 200, 201, 200, 200, 201, 204, 200, 204],
    })
    await client.close()
  })
})
