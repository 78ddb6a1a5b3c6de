import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { Dao } from '../../src/dao/index.ts'
import { actingAs, everyone, unscoped, type Session } from '../../src/database/index.ts'
import { TerraceError } from '../../src/errors/index.ts'
import type { OpenModels } from '../support/open-models.ts'
import { models } from './models.ts'

export class DeviceDao extends Dao(models.Device) {}
export class CategoryDao extends Dao(models.Category) {}
export class ProductDao extends Dao(models.Product) {}
export class PortionDao extends Dao(models.Portion) {}
export class RemarkDao extends Dao(models.Remark) {}
export class EntryDao extends Dao(models.FoodEntry) {}
export class NoteDao extends Dao(models.Note) {}
export class TagDao extends Dao(models.Tag) {}
export class FoodDao extends Dao(models.Food) {}
export class SettingDao extends Dao(models.Setting) {}
class UserDao extends Dao(models.User) {}
export class PostDao extends Dao(models.Post) {}
export class CommentDao extends Dao(models.Comment) {}
export class ColourDao extends Dao(models.Colour) {}
export class ShapeDao extends Dao(models.Shape) {}
export class StickerDao extends Dao(models.Sticker) {}
export class SampleDao extends Dao(models.Sample) {}

/** What the tests of one engine share; each test makes owners of its own, so that their order does not matter. */
export interface DaoBench {
  readonly open: OpenModels
  /** A new device, and sessions that act as it. */
  newDevice(): Promise<Actor>
  newUser(): Promise<Actor>
  asEveryone<R>(work: (session: Session) => Promise<R>): Promise<R>
  asCurator<R>(work: (session: Session) => Promise<R>): Promise<R>
  unscoped<R>(work: (session: Session) => Promise<R>): Promise<R>
  /** The statements that `work` sends in one session, BEGIN and COMMIT left out. */
  statementsOf(actor: Actor, work: (session: Session) => Promise<unknown>): Promise<readonly string[]>
}

export interface Actor {
  readonly id: string
  session<R>(work: (session: Session) => Promise<R>): Promise<R>
}

export function daoBench(opened: () => OpenModels): DaoBench {
  const asUnscoped = <R>(work: (session: Session) => Promise<R>): Promise<R> =>
    opened().db.session(unscoped('test'), work)
  return {
    get open() {
      return opened()
    },
    unscoped: asUnscoped,
    asEveryone: (work) => opened().db.session(everyone, work),
    asCurator: (work) => opened().db.session(actingAs(models.User, randomUUID(), { roles: ['curator'] }), work),
    async newDevice() {
      const id = `device-${randomUUID()}`
      await asUnscoped((session) => session.use(DeviceDao).create({ id }))
      return { id, session: (work) => opened().db.session(actingAs(models.Device, id), work) }
    },
    async newUser() {
      const { id } = await asUnscoped((session) => session.use(UserDao).create({ name: 'somebody' }))
      return { id, session: (work) => opened().db.session(actingAs(models.User, id), work) }
    },
    async statementsOf(actor, work) {
      const { calls } = opened().driver
      calls.length = 0
      await actor.session(work)
      return calls.filter((call) => /^(select|insert|update|delete|with) /.test(call))
    },
  }
}

/** What a promise rejects with: an error of Terrace. */
export async function refusal(promise: Promise<unknown>): Promise<TerraceError> {
  const error = await promise.then(
    () => new Error('It was expected to reject'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(TerraceError)
  return error as TerraceError
}

/** The code, the fields and the rules broken, for one look. */
export async function refusalOf(promise: Promise<unknown>) {
  const { code, fields, issues } = await refusal(promise)
  return { code, fields, issues: issues.map(({ path, code: rule }) => `${path} ${rule}`) }
}
