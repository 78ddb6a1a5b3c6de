import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { graph, integer, model, uuid } from './index.ts'
import type { Columns } from './index.ts'
import {
  checkName,
  foreignKeyName,
  indexName,
  longestConstraintName,
  primaryKeyName,
  shortenName,
  snakeCase,
  uniqueName,
} from './naming.ts'

describe('snakeCase()', () => {
  it.each([
    ['id', 'id'],
    ['deviceId', 'device_id'],
    ['kcal100g', 'kcal100g'],
    ['kcalPer100G', 'kcal_per100_g'],
    ['foodID', 'food_id'],
    ['myHTTPServer', 'my_httpserver'],
    ['a1B2c', 'a1_b2c'],
    ['oneOf', 'one_of'],
  ])('turns %s into %s', (property, sqlName) => {
    expect(snakeCase(property)).toBe(sqlName)
  })
})

describe('names of constraints', () => {
  it.each([
    [primaryKeyName('products'), 'pk_products'],
    [uniqueName('users', ['email']), 'uq_users_email'],
    [indexName('products', ['deviceId', 'name']), 'ix_products_device_id_name'],
    [foreignKeyName('products', ['deviceId'], 'devices'), 'fk_products_device_id_devices'],
    [checkName('products', 'kcal100g', 'range'), 'ck_products_kcal100g_range'],
    [checkName('portions', 'size', 'oneOf'), 'ck_portions_size_one_of'],
  ])('give %s', (name, expected) => {
    expect(name).toBe(expected)
  })

  it('come from the property where the column has another name', () => {
    const Product = model('products', { id: uuid().primaryKey(), kcal100g: integer().range(0, 9).column('kcal_100g') })
    expect(graph({ Product }).Product.fact.checks[0]?.name).toBe('ck_products_kcal100g_range')
  })

  it('keep 51 bytes and a hash when they are longer than 60', () => {
    const name = `ix_${'a'.repeat(60)}`
    expect(shortenName('x'.repeat(60))).toBe('x'.repeat(60))
    // The hashes are those of sha256sum.
    expect(shortenName(name)).toBe(`ix_${'a'.repeat(48)}_3270244b`)
    expect(shortenName(`${'a'.repeat(50)}é${'b'.repeat(20)}`)).toBe(`${'a'.repeat(50)}_ba9d703c`)
  })

  const names = fc.oneof(fc.string({ unit: 'binary', maxLength: 90 }), fc.string({ unit: 'grapheme', maxLength: 90 }))

  it('are never longer than 60 bytes and never cut a character', () => {
    fc.assert(
      fc.property(names, (name) => {
        const short = shortenName(name)
        expect(Buffer.byteLength(short)).toBeLessThanOrEqual(longestConstraintName)
        const kept = short === name ? name : short.slice(0, -9)
        expect(name.startsWith(kept)).toBe(true)
      }),
    )
  })

  it('differ where the whole names differ', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 60 }), fc.string({ minLength: 1 }), (name, more) => {
        expect(shortenName(name + more)).not.toBe(shortenName(name))
      }),
    )
  })
})

describe('names of columns', () => {
  const letters = fc.constantFrom(...'abAB1')
  const properties = fc
    .tuple(fc.constantFrom('a', 'b'), fc.string({ unit: letters, maxLength: 4 }))
    .map((parts) => parts.join(''))

  it('are refused exactly when two properties of a table give one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(properties, { minLength: 2, maxLength: 5 }), (given) => {
        const columns = Object.fromEntries(given.map((property) => [property, integer()]))
        const isInjective = new Set(given.map(snakeCase)).size === given.length
        expect(isBound({ ...columns, key: uuid().primaryKey() })).toBe(isInjective)
      }),
    )
  })
})

function isBound(columns: Columns): boolean {
  try {
    graph({ Thing: model('things', columns) })
    return true
  } catch {
    return false
  }
}
