import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dialectOf } from '../../../src/connect/dialect-of.ts'
import { everyone, openDatabase, type Database, type Session } from '../../../src/connect/index.ts'
import type { Driver } from '../../../src/database/index.ts'
import { describeEngines } from '../../support/describe-engines.ts'
import { reasonWithoutPgbouncer, startPgbouncer, type Pgbouncer } from '../../structure/starts/pgbouncer.ts'
import { limitedRole, type LimitedRole } from './limited-role.ts'
import { LikeDao, NoteDao, PostDao, social } from './social.ts'
import { ann, ben, everyRow, fillSocial, openSocial, type SocialKeys } from './social-database.ts'
import { unguardedQueries } from './unguarded-queries.ts'

/** Whose notes the database shows, whatever the compiler would leave out. */
async function shown(session: Session): Promise<readonly string[]> {
  const rows = await unguardedQueries(session).selectFrom('notes').select('body').orderBy('body').execute()
  return rows.map((row) => String((row as { readonly body: string }).body))
}

describeEngines(
  'X1, D6: whose rows a transaction is for',
  (engine) => {
    let role: LimitedRole
    let db: Database
    let bens: SocialKeys

    beforeAll(async () => {
      role = await limitedRole((await engine.fresh()).url)
      db = await openSocial(role.url, { pool: { size: 1, overflow: 0 } })
      bens = await fillSocial(db)
    })
    afterAll(async () => {
      await db?.close()
      await role?.drop()
    })

    test('is told before the first statement, also of a session that only reads', async () => {
      expect(await db.session(ann, shown)).toEqual(['of ann'])
      expect(await db.session(ben, shown)).toEqual(['of ben'])
      expect(await db.session(everyone, shown)).toEqual([])
      expect(await db.session(everyRow, shown)).toEqual(['of ann', 'of ben'])
    })

    test('changes with session.unscoped in the middle of it, and back', async () => {
      const seen = await db.session(ann, async (session) => [
        await shown(session),
        await session.unscoped('a report', shown),
        await shown(session),
      ])
      expect(seen).toEqual([['of ann'], ['of ann', 'of ben'], ['of ann']])
    })

    test('is narrowed in a nested session, and wide again after it', async () => {
      const seen = await db.session(ann, async (session) => [
        await session.nested(shown, { scope: everyone }),
        await shown(session),
        await session.nested(shown),
      ])
      expect(seen).toEqual([[], ['of ann'], ['of ann']])
    })

    test('is what it was before a nested session that was undone', async () => {
      const undone = async (session: Session, seen: (readonly string[])[], scope = everyone): Promise<void> => {
        const failing = async (inner: Session): Promise<void> => {
          seen.push(await shown(inner))
          throw new Error('undone')
        }
        await expect(session.nested(failing, { scope })).rejects.toThrow('undone')
        seen.push(await shown(session))
      }
      const seen = await db.session(ann, async (session) => {
        const found: (readonly string[])[] = []
        await undone(session, found)
        await session.unscoped('a report', async (every) => {
          found.push(await shown(every))
          await every.nested((inner) => undone(inner, found), { scope: ann })
          found.push(await shown(every))
        })
        found.push(await shown(session))
        return found
      })
      const all = ['of ann', 'of ben']
      expect(seen).toEqual([[], ['of ann'], all, [], ['of ann'], all, ['of ann']])
    })

    test('is nobody’s after a commit, a rollback and an error of the database', async () => {
      const driver = await raw(role.url)
      const connection = await driver.acquire({ access: 'read', timeoutMs: 2_000 })
      const left = async () =>
        (await connection.execute({ sql: leftSql, parameters: [] })).rows.map(({ user, all }) => [
          user ?? '',
          all ?? '',
        ])
      const identity = {
        role: null,
        settings: [
          ['terrace.actor_user', '1'],
          ['terrace.unscoped', 'on'],
        ],
      } as const
      const options = { isolation: 'readCommitted', readOnly: false, identity } as const
      await connection.begin(options)
      expect(await left()).toEqual([['1', 'on']])
      await connection.commit()
      expect(await left()).toEqual([['', '']])
      await connection.begin(options)
      await connection.rollback()
      expect(await left()).toEqual([['', '']])
      await connection.begin(options)
      await expect(Promise.resolve(connection.execute({ sql: 'select 1 / 0', parameters: [] }))).rejects.toThrow(
        '22012',
      )
      await connection.rollback()
      expect(await left()).toEqual([['', '']])
      await driver.release(connection)
      await driver.close()
    })

    test('leaves nothing to the next session of the same connection when the work throws', async () => {
      const thrown = db.session(everyRow, async (session) => {
        await shown(session)
        throw new Error('after all rows were open')
      })
      await expect(thrown).rejects.toThrow('after all rows were open')
      expect(await db.session(everyone, shown)).toEqual([])
      expect(db.stats()).toMatchObject({ size: 1, idle: 1 })
    })

    test('leaves nothing to the next session when the server ends the connection', async () => {
      const ended = db.session(everyRow, async (session) => {
        await shown(session)
        const kill = `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role.name}' and pid <> pg_backend_pid()`
        await role.asServer(kill)
        return shown(session)
      })
      await expect(ended).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
      expect(await db.session(everyone, shown)).toEqual([])
      expect(await db.session(ann, shown)).toEqual(['of ann'])
    })

    test('lets a row be referred to that may be read and not changed', async () => {
      const like = await db.session(ann, (session) => session.use(LikeDao).create({ postId: bens.post } as never))
      expect(like).toMatchObject({ postId: bens.post })
      const change = db.session(ann, (session) => session.use(PostDao).update(bens.post, { slug: 'mine' }))
      await expect(change).rejects.toMatchObject({ kind: 'permission' })
      // Only statements that lock may lock: nothing is left open for the next one of the same transaction.
      const taken = await db.session(ann, async (session) => {
        await session.use(LikeDao).create({ postId: bens.post } as never)
        const update = unguardedQueries(session).updateTable('posts').set({ slug: 'mine' }).where('id', '=', bens.post)
        return update.executeTakeFirst()
      })
      expect(taken).toMatchObject({ numUpdatedRows: 0n })
    })

    test('the row of another that is in the way of an upsert is a conflict, as it is without policies', async () => {
      const upsert = db.session(ann, (session) =>
        session.use(PostDao).upsert({ slug: 'by ben' } as never, { by: 'slug' }),
      )
      await expect(upsert).rejects.toMatchObject({ code: 'UNIQUE' })
    })

    test('a row that only the scope lets through is refused by the database, and told apart', async () => {
      const insert = db.session(ann, (session) =>
        unguardedQueries(session)
          .insertInto('notes')
          .values({ id: '01900000-0000-7000-8000-00000000000f', userId: 2, body: 'for Ben' } as never)
          .execute(),
      )
      await expect(insert).rejects.toMatchObject({ code: 'RLS_REFUSED', values: { tables: 'notes' } })
    })

    test('does not stand in the way of deleting, restoring and purging', async () => {
      const rounds = await db.session(ann, async (session) => {
        const notes = session.use(NoteDao)
        const { id } = await notes.create({ body: 'for the trash' } as never)
        await notes.delete(id)
        await notes.restore(id)
        await notes.delete(id)
        await notes.purge(id)
        return notes.list({ deleted: 'with' } as never)
      })
      expect(rounds).toMatchObject({ rows: [{ body: 'of ann' }] })
    })

    describe.skipIf(reasonWithoutPgbouncer() !== null)(`behind PgBouncer ${reasonWithoutPgbouncer() ?? ''}`, () => {
      let pooler: Pgbouncer
      let pooled: Database

      beforeAll(async () => {
        pooler = await startPgbouncer(role.url)
        pooled = await openDatabase(pooler.through(role.url), {
          models: social,
          rowLevelSecurity: true,
          pool: { size: 8 },
        })
      })
      afterAll(async () => {
        await pooled?.close()
        await pooler?.stop()
      })

      test('many sessions of several actors on few connections each see their own', async () => {
        const scopes = Array.from({ length: 120 }, (_, at) => [ann, ben, everyone, everyRow][at % 4] as typeof ann)
        const wanted = [['of ann'], ['of ben'], [], ['of ann', 'of ben']]
        const seen = await Promise.all(scopes.map((scope) => pooled.session(scope, shown)))
        expect(seen).toEqual(scopes.map((_, at) => wanted[at % 4]))
      })
    })
  },
  ['postgres'],
)

const leftSql = `select current_setting('terrace.actor_user', true) as "user", current_setting('terrace.unscoped', true) as "all"`

async function raw(url: string): Promise<Driver> {
  return (await dialectOf(url)).runtime.open({ url, pool: { size: 1, overflow: 0 } })
}
