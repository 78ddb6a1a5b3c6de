import { expect, test } from 'vitest'
import { openDatabase } from '../../src/connect/index.ts'
import { actingAs, unscoped } from '../../src/database/index.ts'
import { Dao } from '../../src/dao/index.ts'
import { testClient } from '../../src/testing/index.ts'
import { pantryApp, pantryModels, PantryPortions, PantryProducts } from '../pantry/pantry-app.ts'
import { describeEngines } from '../support/describe-engines.ts'

const rows = [
  { name: 'apple', kcal100g: 52, brand: 'Höfe', price: '1.50', boughtOn: '2026-02-05', isOpen: true },
  { name: 'Apple', kcal100g: 52, brand: null, price: '10.00', boughtOn: null },
  { name: 'Äpfel', kcal100g: 53, brand: 'HÖFE', price: null, boughtOn: '2025-12-31' },
  { name: '100%_\\', kcal100g: 0, brand: 'z', price: '-1.25', tags: ['a'] },
  { name: '🍎 😀', kcal100g: 1000, brand: null, price: '9.99', extra: null },
] as const

/** What each query lists: names, joined by blanks. */
const answers: readonly (readonly [string, string])[] = [
  // By code point: case and accents tell names apart, upper case first, what is beyond the basic plane last.
  ['sort=name', '100%_\\ Apple apple Äpfel 🍎 😀'],
  ['sort=-name&limit=2', '🍎 😀 Äpfel'],
  ['name[gt]=Apple&sort=name', 'apple Äpfel 🍎 😀'],
  ['name=APPLE', ''],
  ['name[in]=apple&name[in]=nothing', 'apple'],
  ['name[contains]=pp&sort=name', 'Apple apple'],
  ['name[contains]=PP', ''],
  ['name[contains]=%25', '100%_\\'],
  ['name[contains]=_', '100%_\\'],
  ['name[contains]=%5C', '100%_\\'],
  ['name[contains]=%F0%9F%98%80', '🍎 😀'],
  ['name[contains]=&name[startsWith]=&sort=name', '100%_\\ Apple apple Äpfel 🍎 😀'],
  ['name[startsWith]=%C3%84', 'Äpfel'],
  ['name[startsWith]=%F0%9F%8D%8E', '🍎 😀'],
  ['name[startsWith]=1%25', ''],
  // Null is first, last in descending order, and neither equal nor unequal to anything.
  ['sort=boughtOn,name', '100%_\\ Apple 🍎 😀 Äpfel apple'],
  ['sort=-boughtOn,-name', 'apple Äpfel 🍎 😀 Apple 100%_\\'],
  ['boughtOn[not]=2026-02-05', 'Äpfel'],
  ['boughtOn[notIn]=2026-02-05&boughtOn[notIn]=2026-02-06', 'Äpfel'],
  ['boughtOn[null]=true&sort=name', '100%_\\ Apple 🍎 😀'],
  ['boughtOn[lt]=2026-01-01', 'Äpfel'],
  // Without case, by its companion column.
  ['brand=h%C3%B6fe&sort=name', 'apple Äpfel'],
  ['brand[in]=HO%CC%88FE&sort=name', 'apple Äpfel'],
  // Decimals are numbers, not texts.
  ['sort=price&price[null]=false', '100%_\\ apple 🍎 😀 Apple'],
  ['price[gt]=9.99', 'Apple'],
  ['price=1.5', 'apple'],
  ['price[lt]=0', '100%_\\'],
  ['isOpen=true', 'apple'],
  ['isOpen[not]=true&kcal100g[gte]=53&sort=kcal100g', 'Äpfel 🍎 😀'],
  ['tags[null]=false', '100%_\\'],
  ['kcal100g[gte]=52&kcal100g[lte]=53&sort=kcal100g,-name', 'apple Apple Äpfel'],
  ['kcal100g=2147483647', ''],
  ['sort=kcal100g,name&page=2&pageSize=2', 'apple Äpfel'],
  ['limit=5&offset=2147483647', ''],
  [
    `${Array.from({ length: 480 }, (_, at) => `kcal100g[in]=${at % 60}`).join('&')}&sort=name`,
    '100%_\\ Apple apple Äpfel',
  ],
]

describeEngines('lists', (engine) => {
  test('the same queries list the same rows', { timeout: 60_000 }, async () => {
    const { url } = await engine.fresh()
    const database = await openDatabase(url, { models: pantryModels })
    const as = actingAs(pantryModels.Device, 'mine')
    await database.session(unscoped('test'), (session) => session.use(Dao(pantryModels.Device)).create({ id: 'mine' }))
    await database.session(as, async (session) => {
      for (const row of rows) {
        const { id } = await session.use(PantryProducts).create(row)
        await session.use(PantryPortions).create({ productId: id, name: `of ${row.name}`, grams: 1 })
      }
    })
    const client = await testClient(pantryApp(), { as, database })
    try {
      const listed: (readonly [string, string])[] = []
      for (const [query] of answers) {
        const { json } = await client.get(`/v1/products?${query}&include=portions`)
        const found = json as { readonly name: string; readonly portions: readonly { readonly name: string }[] }[]
        listed.push([query, found.map(({ name }) => name).join(' ')])
        for (const { name, portions } of found) expect(portions).toMatchObject([{ name: `of ${name}` }])
      }
      expect(listed).toEqual(answers)
    } finally {
      await client.close()
      await database.close()
    }
  })
})
