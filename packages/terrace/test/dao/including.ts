import { describe, expect, test } from 'vitest'
import { models } from './models.ts'
import {
  CategoryDao,
  CommentDao,
  EntryDao,
  PortionDao,
  PostDao,
  ProductDao,
  refusal,
  RemarkDao,
  type Actor,
  type DaoBench,
} from './dao-bench.ts'

/** `count` products of one category, each with two portions and a remark, and an entry of the first one. */
async function shelf(device: Actor, count: number) {
  return device.session(async (session) => {
    const category = await session.use(CategoryDao).create({ name: 'Fruit' })
    const given = Array.from({ length: count }, (_, at) => ({ name: `p${at}`, categoryId: category.id }))
    const products = await session.use(ProductDao).createMany(given)
    const portions = await session.use(PortionDao).createMany(
      products.flatMap(({ id: productId }) => [
        { productId, name: 'one' },
        { productId, name: 'two', grams: 200 },
      ]),
    )
    const remarks = await session
      .use(RemarkDao)
      .createMany(products.map(({ id: productId }) => ({ productId, body: 'good' })))
    return { category, products, portions, remarks }
  })
}

export function describeIncluding(bench: DaoBench): void {
  describe('include', () => {
    test('D5: loads lists, rows and what is deeper, each typed by its model', async () => {
      const device = await bench.newDevice()
      const { category, products, portions, remarks } = await shelf(device, 2)
      await device.session(async (session) => {
        const { rows } = await session.use(ProductDao).list({
          sort: ['name'],
          include: {
            category: models.Category,
            portions: { of: models.Portion, include: { product: models.Product } },
            remarks: models.Remark,
          },
        })
        const expected = products.map((product) => ({
          ...product,
          category,
          portions: portions
            .filter((portion) => portion.productId === product.id)
            .map((portion) => ({ ...portion, product })),
          remarks: remarks.filter((remark) => remark.productId === product.id),
        }))
        expect(rows).toEqual(expected)
        expect(
          await session.use(ProductDao).get(products[0]?.id as string, { include: { category: models.Category } }),
        ).toEqual({
          ...products[0],
          category,
        })
        const found = await session.use(ProductDao).find({ name: 'p1' }, { include: { remarks: models.Remark } })
        expect(found?.remarks).toEqual([remarks[1]])
      })
    })

    test('D5: costs one statement per relation and level, however many rows there are', async () => {
      const device = await bench.newDevice()
      await shelf(device, 40)
      const include = {
        category: models.Category,
        portions: { of: models.Portion, include: { product: models.Product } },
      }
      const sent = await bench.statementsOf(device, async (session) => {
        const { rows } = await session.use(ProductDao).list({ include })
        expect(rows).toHaveLength(40)
      })
      expect(sent).toHaveLength(4)
      const none = await bench.statementsOf(device, (session) =>
        session.use(ProductDao).list({ where: { name: 'none' }, include }),
      )
      expect(none).toHaveLength(1)
    })

    test('with some columns only, those that the include needs are not left in the row', async () => {
      const device = await bench.newDevice()
      const { category, portions } = await shelf(device, 1)
      await device.session(async (session) => {
        const { rows } = await session
          .use(ProductDao)
          .list({ fields: ['name'], include: { category: models.Category, portions: models.Portion } })
        expect(rows).toEqual([{ name: 'p0', category, portions }])
      })
    })

    test('a to-one row that is hidden or absent is null', async () => {
      const device = await bench.newDevice()
      const { category, products } = await shelf(device, 1)
      await device.session(async (session) => {
        const [product] = products
        await session.use(EntryDao).create({ productId: product?.id as string, grams: 5 })
        await session.use(ProductDao).update(product?.id as string, { categoryId: null })
        await session.use(CategoryDao).delete(category.id)
        const entries = await session
          .use(EntryDao)
          .list({ include: { portion: models.Portion, product: models.Product } })
        expect(entries.rows[0]).toMatchObject({ portion: null, product: { id: product?.id } })
        const read = await session
          .use(ProductDao)
          .get(product?.id as string, { include: { category: models.Category } })
        expect(read?.category).toBeNull()
      })
    })

    test('deleted rows are not included, and are with the trash', async () => {
      const device = await bench.newDevice()
      const { products, portions } = await shelf(device, 1)
      const id = products[0]?.id as string
      await device.session(async (session) => {
        await session.use(PortionDao).delete(portions[0]?.id as string)
        const alive = await session.use(ProductDao).get(id, { include: { portions: models.Portion } })
        expect(alive?.portions.map(({ name }) => name)).toEqual(['two'])
        await session.use(ProductDao).delete(id)
        const trash = await session.use(ProductDao).get(id, { deleted: 'only', include: { portions: models.Portion } })
        expect(trash?.portions.map(({ name }) => name)).toEqual(['one', 'two'])
      })
    })

    test('D4: rows of others are not included, even where both sides can be read', async () => {
      const [author, reader] = [await bench.newUser(), await bench.newUser()]
      const post = await author.session(async (session) => {
        const made = await session.use(PostDao).create({ title: 'Hello', slug: `s-${author.id}` })
        await session.use(CommentDao).create({ postId: made.id, body: 'first' })
        return made
      })
      await reader.session(async (session) => {
        const read = await session.use(PostDao).get(post.id, { include: { comments: models.Comment } })
        // Comments belong to whoever owns the post, and everyone may read that.
        expect(read?.comments).toHaveLength(1)
      })
      const [device, other] = [await bench.newDevice(), await bench.newDevice()]
      const mine = await shelf(device, 1)
      await shelf(other, 1)
      await device.session(async (session) => {
        const { rows } = await session.use(CategoryDao).list({ include: { products: models.Product } })
        expect(rows.flatMap((row) => row.products)).toEqual(mine.products)
      })
    })

    test('names what can be included, on both sides of references', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const of = async (dao: { list(options: never): Promise<unknown> }): Promise<unknown> =>
          (await refusal(dao.list({ include: { nothing: models.Product } } as never))).values['known']
        expect(await of(session.use(PortionDao))).toBe('product, entries')
        expect(await of(session.use(CommentDao))).toBe('post')
      })
    })

    test('refuses a name or a model that no reference declares', async () => {
      const device = await bench.newDevice()
      await device.session(async (session) => {
        const list = (include: object): Promise<unknown> => session.use(ProductDao).list({ include } as never)
        expect((await refusal(list({ portion: models.Portion }))).message).toContain('did you mean portions')
        const another = await refusal(list({ portions: models.Remark }))
        expect([another.code, another.message, another.remedy]).toEqual([
          'DAO_INCLUDE_MODEL',
          'portions of Product holds Portion, not Remark',
          'Include it as { portions: models.Portion }',
        ])
        const noModel = await refusal(list({ category: true }))
        expect(noModel.message).toBe('category of Product holds Category, not something that is no model of the graph')
        expect((await refusal(list({ portions: undefined }))).code).toBe('DAO_UNDEFINED')
      })
    })
  })
}
