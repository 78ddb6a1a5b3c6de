import type { Capabilities } from '../../../src/database/index.ts'
import type { Random } from '../../../src/testing/structures/random.ts'
import type { AnyEb } from '../shop.ts'
import { models, type ModelName } from './program-models.ts'
import { programRows, standingOf, type Actor, type Row } from './program-rows.ts'
import { allTargets, byHand, ownerIn, resolved, shelf, targetsOf, valuesIn } from './program-targets.ts'
import type { Chooser, Key, Run, Target, World } from './program-targets.ts'
import { daoOf } from './program-world.ts'

const stepKinds = [
  'create',
  'createMany',
  'nestedCreation',
  'bulk',
  'update',
  'updateWhere',
  'updateByHand',
  'updateFromQuery',
  'updateFrom',
  'insertSelect',
  'upsertByKey',
  'upsertByUnique',
  'delete',
  'deleteWhere',
  'deleteByHand',
  'restore',
  'purge',
  'purgeDeleted',
  'returning',
] as const
export type StepKind = (typeof stepKinds)[number]
export const allStepKinds: readonly StepKind[] = stepKinds

export interface Step {
  readonly kind: StepKind
  readonly text: string
  readonly run: Run
  /** In a nested session of its own, so that an error of it ends nothing else. */
  readonly isNested: boolean
  /** The nested session acts for nobody. */
  readonly isNarrowed: boolean
  /** An error of the program’s own behind it, in the same nested session. */
  readonly throws: boolean
}

export interface Program {
  readonly actor: Actor
  readonly steps: readonly Step[]
  /** Its last word is an error: nothing of it may stay. */
  readonly fails: boolean
  /** Whether a row exists may tell in it: rows that are seen, and keys of foreign rows given to new ones. */
  readonly tells: boolean
}

const weights: Readonly<Record<StepKind, number>> = {
  create: 8,
  createMany: 5,
  nestedCreation: 6,
  bulk: 3,
  update: 8,
  updateWhere: 6,
  updateByHand: 8,
  updateFromQuery: 6,
  updateFrom: 1,
  insertSelect: 6,
  upsertByKey: 4,
  upsertByUnique: 5,
  delete: 6,
  deleteWhere: 4,
  deleteByHand: 5,
  restore: 6,
  purge: 4,
  purgeDeleted: 2,
  returning: 4,
}

const names = ['one', 'two', 'three', 'same', 'a', 'b', 'new'] as const

/** Programs by chance: the same `random` gives the same program for each world. */
export class ProgramMaker implements Chooser {
  readonly #random: Random
  readonly #capabilities: Capabilities
  readonly #actor: Actor
  readonly #targets: readonly Target[]
  readonly #pools = new Map<string, readonly string[]>()
  readonly #made = new Map<ModelName, string[]>()
  #count = 0
  #tells = false

  constructor(random: Random, actors: readonly Actor[], capabilities: Capabilities) {
    this.#random = random
    this.#capabilities = capabilities
    this.#actor = random.of(actors)
    this.#targets = targetsOf(this.#actor)
  }

  make(): Program {
    const count = 3 + this.#random.below(8)
    const steps = Array.from({ length: count }, () => this.#step())
    return { actor: this.#actor, steps, fails: this.#random.chance(0.15), tells: this.#tells }
  }

  #step(): Step {
    const kind = this.#random.weighted(weights)
    const text: string[] = [kind]
    const run = this.#makers[kind](text)
    return {
      kind,
      run,
      text: text.join(' '),
      isNested: this.#random.chance(0.9),
      isNarrowed: this.#random.chance(0.03),
      throws: this.#random.chance(0.06),
    }
  }

  name = (): string => (this.#random.chance(0.5) ? `name ${this.#next()}` : this.#random.of(names))
  number = (): number => this.#random.below(500)
  orNull = <T>(value: T): T | null => (this.#random.chance(0.5) ? value : null)
  oneOf = <T>(...list: readonly T[]): T => this.#random.of(list)
  sometimes = (share: number, make: () => Row): Row => (this.#random.chance(share) ? make() : {})

  #next(): number {
    this.#count += 1
    return this.#count
  }

  #newKey(model: ModelName): Key {
    const id = `new-${model}-${this.#next()}`
    this.#made.set(model, [...(this.#made.get(model) ?? []), id])
    return { kind: 'new', id }
  }

  /** Of an own row mostly, else of another’s, a deleted or a missing one. */
  key = (model: ModelName): Key => {
    const kind = this.#random.weighted({ own: 20, new: 4, foreign: 4, deleted: 1, seen: 1, missing: 1 })
    const ids = kind === 'new' ? (this.#made.get(model) ?? []) : this.#pool(model, kind)
    const own = this.#pool(model, 'own')
    const [found, of] = ids.length > 0 ? [ids, kind] : own.length > 0 ? [own, 'own' as const] : [[], 'missing' as const]
    const id = found.length === 0 ? `missing-${this.#next()}` : this.#random.of(found)
    if (of === 'seen' && model !== 'Food') this.#tells = true
    return { kind: of, id }
  }

  #deletedKey(model: ModelName): Key {
    const kind = this.#random.weighted({ deleted: 8, own: 1, foreign: 2, missing: 1 })
    const ids = this.#pool(model, kind)
    return ids.length === 0 ? this.key(model) : { kind, id: this.#random.of(ids) }
  }

  #pool(model: ModelName, kind: Key['kind']): readonly string[] {
    const known = this.#pools.get(`${model} ${kind}`)
    if (known !== undefined) return known
    const find = (name: ModelName, id: unknown) => programRows[name].find((row) => row['id'] === id)
    const found = programRows[model].flatMap((row) => {
      const standing = standingOf(this.#actor, model, row, find)
      const isDeleted = (row['deletedAt'] ?? null) !== null
      const of = standing === 'own' && isDeleted ? 'deleted' : standing
      return of === kind ? [row['id'] as string] : []
    })
    this.#pools.set(`${model} ${kind}`, found)
    return found
  }

  #target(text: string[], ...among: readonly ModelName[]): Target {
    const fitting = among.length === 0 ? this.#targets : this.#targets.filter(({ model }) => among.includes(model))
    // What the actor has none of is tried all the same.
    const tried = allTargets.filter(({ model }) => among.includes(model))
    const target = this.#random.of(fitting.length === 0 ? tried : fitting)
    text.push(target.model)
    return target
  }

  #fresh(target: Target, key: Key = this.#newKey(target.model)): (world: World) => Row {
    const values = target.fresh(this)
    const given = this.#random.chance(0.06) ? this.#givenOwner(target.model) : {}
    return (world) => valuesIn(world, { ...ownerIn(world, this.#actor, target.model), ...given, ...values, id: key })
  }

  /** The owner’s column, given rightly or wrongly. */
  #givenOwner(model: ModelName): Row {
    const own = this.#random.chance(0.4)
    if (model === 'Shelf' || model === 'Entry')
      return { deviceId: own ? (this.#actor.device ?? 'ann') : this.#actor.device === 'ben' ? 'ann' : 'ben' }
    return model === 'Post' ? { userId: own ? (this.#actor.user ?? 'uma') : 'vic' } : {}
  }

  readonly #makers: { readonly [K in StepKind]: (text: string[]) => Run } = {
    create: (text) => {
      const target = this.#target(text)
      const isTaken = this.#random.chance(0.04)
      if (isTaken) this.#tells = true
      const values = this.#fresh(target, isTaken ? this.key(target.model) : undefined)
      return (world) => daoOf(world.session, target.model).create(values(world))
    },
    createMany: (text) => {
      const target = this.#target(text)
      const rows = Array.from({ length: 2 + this.#random.below(2) }, () => this.#fresh(target))
      return (world) => daoOf(world.session, target.model).createMany(rows.map((row) => row(world)))
    },
    nestedCreation: () => this.#nestedCreation(),
    bulk: (text) => {
      const target = this.#target(text, 'Part', 'Entry', 'Comment', 'Board', 'Notice')
      const rows = Array.from({ length: 20 }, () => {
        const key = this.#newKey(target.model)
        return { key, values: target.model === 'Board' ? { name: 'bulk' } : null }
      })
      const parent = this.#parentValues(target.model)
      return (world) =>
        daoOf(world.session, target.model).createMany(
          rows.map(({ key, values }) =>
            valuesIn(world, { ...ownerIn(world, this.#actor, target.model), ...parent, ...values, id: key }),
          ),
        )
    },
    update: (text) => {
      const target = this.#target(text)
      const [key, patch] = [this.key(target.model), target.patch(this)]
      return (world) => daoOf(world.session, target.model).update(resolved(world, key), valuesIn(world, patch))
    },
    updateWhere: (text) => {
      const target = this.#target(text)
      const [where, patch] = [this.#where(target.model), target.patch(this)]
      return (world) => daoOf(world.session, target.model).updateWhere(where(world), valuesIn(world, patch))
    },
    updateByHand: (text) => {
      const target = this.#target(text)
      const [key, patch, isByKey] = [this.key(target.model), target.patch(this), this.#random.chance(0.6)]
      return byHand(target.model, (db, world) => {
        const update = db.updateTable(models[target.model].table).set(valuesIn(world, patch))
        return isByKey ? update.where('id', '=', resolved(world, key)) : update.where('id', '!=', resolved(world, key))
      })
    },
    updateFromQuery: (text) => this.#updateFromQuery(text),
    updateFrom: () =>
      byHand('Thing', (db) =>
        db.updateTable('things').from('shelves').set({ grams: 1 }).whereRef('shelves.id', '=', 'things.shelfId'),
      ),
    insertSelect: (text) => this.#insertSelect(text),
    upsertByKey: (text) => {
      const target = this.#target(text)
      const key = this.key(target.model)
      // A key is one of the whole table: that it is taken tells of the row that has it.
      if (key.kind === 'foreign' || key.kind === 'seen') this.#tells = true
      const values = this.#fresh(target, key)
      return (world) => daoOf(world.session, target.model).upsert(values(world), { by: 'id' })
    },
    upsertByUnique: (text) => {
      const target = this.#target(text, 'Shelf', 'Thing', 'Post')
      const values = this.#fresh(target)
      return (world) =>
        daoOf(world.session, target.model).upsert(values(world), {
          by:
            world.isOpen && target.model !== 'Thing'
              ? [target.model === 'Shelf' ? 'deviceId' : 'userId', 'name']
              : 'name',
        })
    },
    delete: (text) => this.#byKey(text, 'delete'),
    deleteWhere: (text) => {
      const target = this.#target(text)
      const where = this.#where(target.model)
      return (world) => daoOf(world.session, target.model).deleteWhere(where(world))
    },
    deleteByHand: (text) => this.#deleteByHand(text),
    restore: (text) => this.#byDeletedKey(text, 'restore'),
    purge: (text) => this.#byDeletedKey(text, 'purge'),
    purgeDeleted: (text) => {
      const target = this.#target(text)
      const limit = 1 + this.#random.below(20)
      const before = new Date(Date.UTC(2027, 0, 1))
      return (world) => daoOf(world.session, target.model).purgeDeleted({ before, limit })
    },
    returning: (text) => this.#returning(text),
  }

  #byKey(text: string[], method: 'delete'): Run {
    const target = this.#target(text)
    const key = this.key(target.model)
    return (world) => daoOf(world.session, target.model)[method](resolved(world, key))
  }

  #byDeletedKey(text: string[], method: 'restore' | 'purge'): Run {
    const target = this.#target(text, 'Shelf', 'Thing', 'Entry', 'Post', 'Notice', 'Board')
    const key = this.#deletedKey(target.model)
    text.push(key.kind)
    return (world) => daoOf(world.session, target.model)[method](resolved(world, key))
  }

  #parentValues(model: ModelName): Row {
    if (model === 'Part') return { thingId: this.key('Thing'), size: 'small' }
    if (model === 'Entry') return { grams: 3 }
    if (model === 'Comment') return { postId: this.key('Post'), name: 'bulk' }
    return model === 'Notice' ? { clubId: this.key('Club'), name: 'bulk' } : {}
  }

  #where(model: ModelName): (world: World) => object {
    const keys = [this.key(model), this.key(model), this.key(model)]
    const by = this.#random.weighted({ keys: 3, not: 2, name: 1 })
    const hasName = 'name' in models[model].columns
    if (by === 'name' && hasName) return () => ({ name: { in: [...names] } })
    if (by === 'not') return (world) => ({ not: { id: resolved(world, keys[0] as Key) } })
    return (world) => ({ id: { in: keys.map((key) => resolved(world, key)) } })
  }

  #nestedCreation(): Run {
    if (this.#actor.device === null) {
      const [key, below] = [this.#newKey('Post'), this.#newKey('Comment')]
      const name = this.name()
      return async (world) => {
        await daoOf(world.session, 'Post').create({ ...ownerIn(world, this.#actor, 'Post'), id: key.id, name })
        return daoOf(world.session, 'Comment').create({ id: below.id, postId: key.id, name })
      }
    }
    const upper = this.#fresh(shelf)
    const [middle, lower] = [this.#newKey('Thing'), [this.#newKey('Part'), this.#newKey('Part')]]
    // Now and then the last row goes below somebody else’s.
    const astray = this.#random.chance(0.2) ? this.key('Thing') : middle
    return async (world) => {
      const { id } = (await daoOf(world.session, 'Shelf').create(upper(world))) as Row
      await daoOf(world.session, 'Thing').create({ id: middle.id, shelfId: id, name: 'made', grams: 5 })
      const thingIds = [middle, astray]
      return daoOf(world.session, 'Part').createMany(
        lower.map((key, at) => ({ id: key.id, thingId: resolved(world, thingIds[at] as Key), size: 'small' })),
      )
    }
  }

  #updateFromQuery(text: string[]): Run {
    const target = this.#target(text, 'Thing', 'Shelf', 'Entry', 'Part', 'Comment')
    const [key, other] = [this.key('Thing'), this.key('Shelf')]
    const shape = this.#random.weighted({ value: 2, keys: 2, reference: 2 })
    text.push(shape)
    return byHand(target.model, (db, world) => {
      if (shape === 'reference')
        return db
          .updateTable('things')
          .set((eb: AnyEb) => ({
            shelfId: eb.selectFrom('shelves').select('shelves.id').where('shelves.id', '=', resolved(world, other)),
          }))
          .where('id', '=', resolved(world, key))
      if (shape === 'value')
        return db
          .updateTable('entries')
          .set((eb: AnyEb) => ({
            grams: eb.fn.coalesce(
              eb
                .selectFrom('things')
                .select((inner) => inner.fn.max('things.grams').as('most'))
                .where('things.id', '!=', resolved(world, key)),
              eb.val(1),
            ),
          }))
          .where('grams', '<', 900)
      return db
        .updateTable('shelves')
        .set({ note: 'by keys' })
        .where('id', 'in', (eb: AnyEb) =>
          eb.selectFrom('things').select('things.shelfId').where('things.id', '!=', resolved(world, key)),
        )
    })
  }

  #insertSelect(text: string[]): Run {
    const into = this.#random.weighted({ parts: 3, boards: 2, comments: 2, joined: 2 })
    text.push(into)
    const [key, other] = [this.key('Thing'), this.key('Shelf')]
    const [prefixed, isByKey] = [`copy-${this.#next()}`, this.#random.chance(0.5)]
    return byHand('Board', (db, world) => {
      if (into === 'parts')
        return db
          .insertInto('parts')
          .columns(['id', 'thingId', 'size'])
          .expression(
            db
              .selectFrom('things')
              .select((eb) => ['things.id as own', 'things.id', eb.val('large').as('size')])
              .where('things.id', isByKey ? '=' : '!=', resolved(world, key)),
          )
      if (into === 'comments')
        return db
          .insertInto('comments')
          .columns(['id', 'postId', 'name'])
          .expression(
            db.selectFrom('posts').select((eb) => ['posts.id as own', 'posts.id', eb.val(prefixed).as('name')]),
          )
      const source = db.selectFrom('things').innerJoin('shelves', 'shelves.id', 'things.shelfId')
      if (into === 'joined')
        return db
          .insertInto('boards')
          .columns(['id', 'name'])
          .expression(
            source.select(['things.id', 'shelves.name as of']).where('shelves.id', '!=', resolved(world, other)),
          )
      return db
        .insertInto('boards')
        .columns(['id', 'name'])
        .expression(db.selectFrom('entries').select((eb) => ['entries.id', eb.val(prefixed).as('name')]))
    })
  }

  #deleteByHand(text: string[]): Run {
    const target = this.#target(text, 'Part', 'Comment', 'ClubMember', 'Tag')
    const [key, thingKey, isByKey] = [this.key(target.model), this.key('Thing'), this.#random.chance(0.5)]
    return byHand(target.model, (db, world) => {
      if (isByKey) return db.deleteFrom(models[target.model].table).where('id', '=', resolved(world, key))
      if (target.model === 'Part')
        return db
          .deleteFrom('parts')
          .where('thingId', 'in', (eb: AnyEb) =>
            eb.selectFrom('things').select('things.id').where('things.id', '!=', resolved(world, thingKey)),
          )
      return db.deleteFrom(models[target.model].table).where('id', '!=', resolved(world, key))
    })
  }

  #returning(text: string[]): Run {
    const what = this.#random.weighted({ insert: 2, update: 2, delete: 1 })
    const target = what === 'delete' ? this.#target(text, 'Part', 'Comment') : this.#target(text)
    const [key, patch, values] = [this.key(target.model), target.patch(this), this.#fresh(target)]
    const { insertReturning, updateReturning, deleteReturning } = this.#capabilities
    text.push(what)
    return byHand(target.model, (db, world) => {
      const { table } = models[target.model]
      if (what === 'insert') {
        const insert = db.insertInto(table).values(values(world))
        return insertReturning ? insert.returning(['id']) : insert
      }
      if (what === 'update') {
        const update = db.updateTable(table).set(valuesIn(world, patch)).where('id', '=', resolved(world, key))
        return updateReturning ? update.returningAll() : update
      }
      const remove = db.deleteFrom(table).where('id', '=', resolved(world, key))
      return deleteReturning ? remove.returningAll() : remove
    })
  }
}
