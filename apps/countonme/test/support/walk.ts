import type { Transcript } from './transcript.ts'

const day = '2026-02-05'
const nextDay = '2026-02-06'

/** A day with CountOnMe, calling everything that it has, with two devices of which one tries to see what is the other's. */
export async function walk(transcript: Transcript): Promise<void> {
  await register(transcript)
  const { appleId } = await browseFoods(transcript)
  const product = await keepProducts(transcript)
  const { sliceId, defaultId } = await keepPortions(transcript, product)
  const eaten = { product, appleId, sliceId }
  const entry = await enterFood(transcript, eaten)
  await changeEntries(transcript, entry)
  await keepHistory(transcript, { product, sliceId, entry })
  await summarize(transcript)
  await intrude(transcript, { product, sliceId, defaultId, entry })
  await trash(transcript, { product, entry })
}

type Row = { readonly id: string } & Readonly<Record<string, unknown>>

async function register({ section, call }: Transcript): Promise<void> {
  section('Devices')
  await call('mine', 'POST /v1/auth/register', { deviceId: 'pixel-8' })
  await call(null, 'POST /v1/auth/register', { deviceId: 'pixel-8' })
  await call(null, 'POST /v1/auth/register', { deviceId: '' })
  await call('other', 'POST /v1/auth/register', { deviceId: 'iphone-15' })
  await call(null, 'GET /v1/products')
  await call(null, 'GET /v1/nowhere')
}

async function browseFoods({ section, call }: Transcript): Promise<{ readonly appleId: string }> {
  section('Foods')
  await call('mine', 'GET /v1/foods?limit=2')
  const found = await call('mine', 'GET /v1/foods?name[contains]=Apple&fields=id,name,kcal100g')
  const apple = (found.json as Row[]).find(({ name }) => name === 'Apple, raw, with skin')
  await call('mine', `GET /v1/foods/${apple?.id}`)
  await call('mine', 'POST /v1/foods', { name: 'Cake', kcal100g: 400 })
  return { appleId: apple?.id ?? '' }
}

async function keepProducts({ section, call }: Transcript): Promise<string> {
  section('Products')
  const created = await call('mine', 'POST /v1/products', { name: 'Bread', kcal100g: 266 })
  const { id } = created.json as Row
  await call('mine', 'POST /v1/products', { name: '', kcal100g: 1001, deviceId: 'iphone-15' })
  await call('mine', 'POST /v1/products', '{"name":')
  await call('mine', 'POST /v1/products', { name: 'Ähre 麦穗', kcal100g: 0 })
  await call('mine', `GET /v1/products/${id}`)
  await call('mine', 'GET /v1/products?include=portions')
  await call('mine', 'GET /v1/products?kcal100g[gte]=200&sort=-name')
  await call('mine', 'GET /v1/products?limit=1&offset=1')
  await call('mine', 'GET /v1/products?deviceId=pixel-8')
  await call('mine', 'GET /v1/products?page=0')
  await call('mine', `PATCH /v1/products/${id}`, { kcal100g: 265 })
  await call('mine', `PUT /v1/products/${id}`, { name: 'White bread' })
  await call('mine', `PUT /v1/products/${id}`, {})
  await call('mine', `PATCH /v1/products/${id}`, { createdAt: '2026-01-01T00:00:00Z' })
  await call('mine', `DELETE /v1/products`)
  return id
}

async function keepPortions(
  { section, call }: Transcript,
  productId: string,
): Promise<{ readonly sliceId: string; readonly defaultId: string }> {
  section('Portions')
  const first = await call('mine', `GET /v1/portions?productId=${productId}`)
  const [{ id: defaultId = '' } = {}] = first.json as Partial<Row>[]
  const slice = await call('mine', 'POST /v1/portions', { productId, name: '1 slice', grams: 45, isDefault: true })
  const { id: sliceId } = slice.json as Row
  await call('mine', 'POST /v1/portions', { productId, name: 'Crumb', grams: 0.5 })
  await call('mine', `GET /v1/portions?productId=${productId}`)
  await call('mine', `PATCH /v1/portions/${sliceId}`, { isDefault: false })
  await call('mine', `DELETE /v1/portions/${sliceId}`)
  await call('mine', `PUT /v1/portions/${defaultId}`, { isDefault: true })
  await call('mine', `PATCH /v1/portions/${sliceId}`, { productId })
  await call('mine', `DELETE /v1/portions/${sliceId}`)
  await call('mine', `POST /v1/portions/${sliceId}/restore`)
  await call('mine', `GET /v1/portions/${sliceId}?include=product`)
  return { sliceId, defaultId }
}

interface Eaten {
  readonly product: string
  readonly appleId: string
  readonly sliceId: string
}

async function enterFood({ section, call }: Transcript, { product, appleId, sliceId }: Eaten): Promise<string> {
  section('Food entries')
  const counted = { date: day, productId: product, portionId: sliceId, quantity: 1.5 }
  const created = await call('mine', 'POST /v1/food-entries', counted)
  await call('mine', 'POST /v1/food-entries', { date: day, foodId: appleId, grams: 182 })
  await call('mine', 'POST /v1/food-entries', { date: nextDay, productId: product, grams: 0.29 })
  for (const wrong of [
    {},
    { date: day, productId: product, foodId: appleId, grams: 1 },
    { date: day, productId: product, grams: 1, portionId: sliceId, quantity: 1 },
    { date: day, foodId: appleId, portionId: sliceId, quantity: 1 },
    { ...counted, quantity: 1.005 },
    { ...counted, quantity: 0 },
    { ...counted, quantity: '1.5' },
    { ...counted, portionId: product },
    { date: '2026-02-30', productId: product, grams: 1 },
    { date: day, productId: product, grams: 1, kcal100g: 1 },
  ])
    await call('mine', 'POST /v1/food-entries', wrong)
  await call('mine', `GET /v1/food-entries?date=${day}`)
  await call('mine', `GET /v1/food-entries?date=${nextDay}&fields=name,grams`)
  await call('mine', 'GET /v1/food-entries?date=yesterday')
  return (created.json as Row).id
}

async function changeEntries({ section, call }: Transcript, entry: string): Promise<void> {
  section('Changed entries')
  await call('mine', `PATCH /v1/food-entries/${entry}`, { quantity: 2 })
  await call('mine', `PUT /v1/food-entries/${entry}`, { date: nextDay })
  await call('mine', `PUT /v1/food-entries/${entry}`, { date: day })
  await call('mine', `PATCH /v1/food-entries/${entry}`, { grams: 10, quantity: 1 })
  await call('mine', `PATCH /v1/food-entries/${entry}`, { kcal100g: 1 })
}

async function keepHistory(
  { section, call }: Transcript,
  { product, sliceId, entry }: { readonly product: string; readonly sliceId: string; readonly entry: string },
): Promise<void> {
  section('History')
  await call('mine', `PATCH /v1/products/${product}`, { name: 'Toast', kcal100g: 300 })
  await call('mine', `PATCH /v1/portions/${sliceId}`, { grams: 30 })
  await call('mine', `GET /v1/food-entries/${entry}?include=product,portion`)
  await call('mine', `DELETE /v1/products/${product}`)
  await call('mine', `GET /v1/portions?productId=${product}`)
  await call('mine', `GET /v1/food-entries/${entry}?include=product,portion`)
  await call('mine', `PATCH /v1/food-entries/${entry}`, { quantity: 3 })
  await call('mine', 'POST /v1/food-entries', { date: day, productId: product, grams: 1 })
  await call('mine', `POST /v1/portions/${sliceId}/restore`)
  await call('mine', `POST /v1/products/${product}/restore`)
}

async function summarize({ section, call }: Transcript): Promise<void> {
  section('Energy of each day')
  await call('mine', `GET /v1/food-entries/summary?from=${day}&to=${nextDay}`)
  await call('mine', `GET /v1/food-entries/summary?from=${nextDay}&to=${day}`)
  await call('mine', 'GET /v1/food-entries/summary?from=2025-01-01&to=2026-01-01')
  await call('mine', 'GET /v1/food-entries/summary?from=2025-01-01&to=2026-01-02')
  await call('mine', `GET /v1/food-entries/summary?from=${day}`)
  await call('mine', `GET /v1/food-entries/summary?from=${day}&to=${day}&device=pixel-8`)
}

async function intrude(
  { section, call }: Transcript,
  ids: { readonly product: string; readonly sliceId: string; readonly defaultId: string; readonly entry: string },
): Promise<void> {
  section('Another device')
  const { product, sliceId, defaultId, entry } = ids
  const own = await call('other', 'POST /v1/products', { name: 'Bread', kcal100g: 1 })
  const { id: productId } = own.json as Row
  for (const path of [`products/${product}`, `portions/${defaultId}`, `food-entries/${entry}`]) {
    await call('other', `GET /v1/${path}`)
    await call('other', `PATCH /v1/${path}`, {})
    await call('other', `DELETE /v1/${path}`)
    await call('other', `POST /v1/${path}/restore`)
  }
  await call('other', 'POST /v1/portions', { productId: product, name: 'Mine', grams: 1, isDefault: true })
  await call('other', 'POST /v1/food-entries', { date: day, productId: product, grams: 1 })
  await call('other', 'POST /v1/food-entries', { date: day, productId, portionId: sliceId, quantity: 1 })
  await call('other', 'GET /v1/products?include=portions')
  await call('other', `GET /v1/portions?productId=${product}`)
  await call('other', `GET /v1/food-entries?id[in]=${entry}`)
  await call('other', `GET /v1/food-entries/summary?from=${day}&to=${nextDay}`)
}

async function trash(
  { section, call }: Transcript,
  { product, entry }: { readonly product: string; readonly entry: string },
): Promise<void> {
  section('Trash')
  await call('mine', `DELETE /v1/food-entries/${entry}`)
  await call('mine', `DELETE /v1/food-entries/${entry}`)
  await call('mine', `GET /v1/food-entries?date=${day}&fields=name`)
  await call('mine', `POST /v1/food-entries/${entry}/restore`)
  await call('mine', `POST /v1/products/${product}/restore`)
}
