import type { Session } from '../../../src/database/index.ts'
import type { AnyDb } from '../shop.ts'
import type { ModelName } from './program-models.ts'
import type { Actor, Row } from './program-rows.ts'
import { daoOf } from './program-world.ts'

/** A key in a program: whose row it is of is what counts. */
export interface Key {
  readonly kind: 'own' | 'deleted' | 'seen' | 'foreign' | 'missing' | 'new'
  readonly id: string
}

/** What a step runs in. */
export interface World {
  readonly session: Session
  /** In the place of keys of foreign rows: keys of none. */
  readonly isProbe: boolean
  /** The guard is off: a new row needs its owner. */
  readonly isOpen: boolean
}

/** What values are chosen by. */
export interface Chooser {
  name(): string
  number(): number
  orNull<T>(value: T): T | null
  oneOf<T>(...list: readonly T[]): T
  sometimes(share: number, make: () => Row): Row
  /** Of an own row mostly, else of another’s, a deleted or a missing one. */
  key(model: ModelName): Key
}

export interface Target {
  readonly model: ModelName
  readonly fresh: (maker: Chooser) => Row
  readonly patch: (maker: Chooser) => Row
}

export const resolved = ({ isProbe }: World, { kind, id }: Key): string =>
  isProbe && kind === 'foreign' ? `none-${id}` : id

/** Values with keys of rows in them, as they are in a world. */
export function valuesIn(world: World, values: Row): Row {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isKey(value) ? resolved(world, value) : value]),
  )
}

const isKey = (value: unknown): value is Key =>
  typeof value === 'object' && value !== null && 'kind' in value && 'id' in value

export const shelf: Target = {
  model: 'Shelf',
  fresh: (maker) => ({
    name: maker.name(),
    note: maker.orNull('made'),
    ...maker.sometimes(0.4, () => ({ parentId: maker.key('Shelf') })),
  }),
  patch: (maker) =>
    maker.oneOf<Row>(
      { note: 'changed' },
      { name: maker.name() },
      { parentId: maker.key('Shelf') },
      { note: null, name: maker.name() },
    ),
}
export const thing: Target = {
  model: 'Thing',
  fresh: (maker) => ({
    shelfId: maker.key('Shelf'),
    name: maker.name(),
    grams: maker.number(),
    ...maker.sometimes(0.3, () => ({ foodId: maker.key('Food') })),
  }),
  patch: (maker) =>
    maker.oneOf<Row>(
      { grams: 7 },
      { shelfId: maker.key('Shelf') },
      { foodId: maker.key('Food') },
      { name: maker.name() },
    ),
}
const part: Target = {
  model: 'Part',
  fresh: (maker) => ({ thingId: maker.key('Thing'), size: 'large' }),
  patch: (maker) => maker.oneOf<Row>({ size: 'large' }, { thingId: maker.key('Thing') }),
}
const entry: Target = {
  model: 'Entry',
  fresh: (maker) => ({
    grams: maker.number(),
    ...maker.sometimes(0.6, () => ({ thingId: maker.key('Thing') })),
    ...maker.sometimes(0.4, () => ({ shelfId: maker.key('Shelf') })),
  }),
  patch: (maker) =>
    maker.oneOf<Row>({ grams: 8 }, { thingId: maker.key('Thing') }, { shelfId: maker.key('Shelf'), grams: 9 }),
}
export const post: Target = {
  model: 'Post',
  fresh: (maker) => ({ name: maker.name() }),
  patch: (maker) => ({ name: maker.name() }),
}
const comment: Target = {
  model: 'Comment',
  fresh: (maker) => ({ postId: maker.key('Post'), name: maker.name() }),
  patch: (maker) => maker.oneOf<Row>({ name: 'changed' }, { postId: maker.key('Post') }),
}
const notice: Target = {
  model: 'Notice',
  fresh: (maker) => ({ clubId: maker.key('Club'), name: maker.name() }),
  patch: (maker) => maker.oneOf<Row>({ name: 'changed' }, { clubId: maker.key('Club') }),
}
const clubMember: Target = {
  model: 'ClubMember',
  fresh: (maker) => ({ clubId: maker.key('Club'), userId: maker.key('User'), role: 'staff' }),
  patch: (maker) => maker.oneOf<Row>({ role: 'staff' }, { clubId: maker.key('Club') }),
}
const plain = (model: 'Tag' | 'Board' | 'Food'): Target => ({
  model,
  fresh: (maker) => ({ name: maker.name() }),
  patch: () => ({ name: 'changed' }),
})
const others: readonly Target[] = [plain('Tag'), plain('Board'), plain('Food')]

export const allTargets: readonly Target[] = [shelf, thing, part, entry, post, comment, notice, clubMember, ...others]

/** What an actor writes most: what it can own. */
export function targetsOf({ device, user }: Actor): readonly Target[] {
  const ofDevice = [shelf, thing, part, entry]
  const ofUser = [post, comment, notice, clubMember]
  const board = plain('Board')
  return [
    ...(device === null ? [] : [...ofDevice, ...ofDevice, ...ofDevice, ...ofDevice, ...ofDevice]),
    ...(user === null ? [] : [...ofUser, ...ofUser, post, comment, notice]),
    // Now and then also what it cannot.
    ...others,
    ...(device === null && user === null ? [board, board, board, board, board, board, shelf, post] : []),
  ]
}

export type Run = (world: World) => Promise<unknown>

export function byHand(model: ModelName, build: (db: AnyDb, world: World) => unknown): Run {
  return (world) => daoOf(world.session, model).query((db) => build(db, world))
}

/** With the guard off nobody stamps the owner. */
export function ownerIn({ isOpen }: World, { device, user }: Actor, model: ModelName): Row {
  if (!isOpen) return {}
  if (model === 'Shelf' || model === 'Entry') return { deviceId: device ?? 'ann' }
  return model === 'Post' ? { userId: user ?? 'uma' } : {}
}
