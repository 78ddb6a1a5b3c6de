import { Type } from 'typebox'
import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { list, shape } from '../dto/index.ts'
import { bigint, decimal, integer, text, timestamp } from '../model/index.ts'
import type { Dependency } from '../http/index.ts'
import { get, post, put, remote, remoteDependency, RemoteDao } from './index.ts'

const source = remote('shop', {
  baseUrl: 'https://api.example.com',
  operations: {
    item: get('/items/:id/prices/:currency', {
      query: shape({ on: timestamp().nullable(), days: integer() }),
      response: shape({ id: bigint(), price: decimal(10, 2), note: text().nullable() }),
    }),
    byKey: get('/items/:id', {
      params: shape({ id: bigint() }),
      response: list(shape({ n: integer() })),
      notFound: null,
    }),
    typed: get('/typed', { query: Type.Object({ q: Type.String() }), response: Type.Object({ n: Type.Number() }) }),
    zod: post('/zod', { body: z.object({ at: z.string() }), response: z.object({ n: z.coerce.number() }) }),
    nothing: put('/nothing', { response: null }),
  },
})
class ShopDao extends RemoteDao(source) {
  async priceOf(id: string) {
    return (await this.item({ params: { id, currency: 'EUR' }, query: { days: 1 } })).price
  }
}
declare const shop: ShopDao

test('what a call is given and gives follows from its operation', () => {
  expectTypeOf(shop.item).returns.resolves.toEqualTypeOf<{
    readonly id: bigint
    readonly price: string
    readonly note?: string | null
  }>()
  expectTypeOf(shop.byKey).returns.resolves.toEqualTypeOf<readonly { readonly n: number }[] | null>()
  expectTypeOf(shop.typed).returns.resolves.toEqualTypeOf<{ readonly n: number }>()
  expectTypeOf(shop.zod).returns.resolves.toEqualTypeOf<{ n: number }>()
  expectTypeOf(shop.nothing).returns.resolves.toEqualTypeOf<undefined>()
  expectTypeOf(shop.priceOf).returns.resolves.toEqualTypeOf<string>()
  expectTypeOf(shop.item)
    .parameter(0)
    .toMatchObjectType<{ readonly params: { readonly id: string; readonly currency: string } }>()
  expectTypeOf(shop.byKey).parameter(0).toMatchObjectType<{ readonly params: { readonly id: bigint } }>()
})

test('what is missing, unknown or of another type does not compile', () => {
  const calls = () => {
    void shop.nothing()
    void shop.nothing({}, { inTransaction: true })
    void shop.item({ params: { id: '1', currency: 'EUR' }, query: { days: 1, on: null } })
    // @ts-expect-error a parameter is missing
    void shop.item({ params: { id: '1' }, query: { days: 1 } })
    // @ts-expect-error the query is missing
    void shop.item({ params: { id: '1', currency: 'EUR' } })
    // @ts-expect-error of another type
    void shop.byKey({ params: { id: '1' } })
    // @ts-expect-error nothing is given
    void shop.typed()
    // @ts-expect-error it has no such operation
    void shop.other()
  }
  expectTypeOf(calls).toBeFunction()
})

test('a source is a dependency of the app', () => {
  expectTypeOf(remoteDependency(ShopDao)).toExtend<Dependency<ShopDao>>()
})
