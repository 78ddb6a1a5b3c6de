import { createApp } from 'terrace/app'
import { list, shape } from 'terrace/dto'
import { dependency, group, plain, publicAccess, requestSession, requestSignal, route } from 'terrace/http'
import type { Session } from 'terrace/database'
import { float, graph, identity, model, shared, text } from 'terrace/model'
import { get, remote, remoteDependency, RemoteDao, remoteErrors } from 'terrace/remote'
import type { RemoteOptions } from 'terrace/remote'
import { CrudService } from 'terrace/service'

const Item = model(
  'items',
  { id: identity(), name: text().length(1, 60), euros: float() },
  { access: shared({ write: 'everyone' }) },
)
export const models = graph({ Item })
export class ItemService extends CrudService(models.Item) {}

const operations = {
  latest: get('/latest/:currency', { response: shape({ rate: float() }) }),
} as const

const priced = shape({ name: text(), price: float() })

/** A shop whose prices are in its rows, and whose rates come from an API of others. */
export function shop(options: Omit<RemoteOptions, 'operations'>) {
  const rates = remote('rates', { retries: false, breaker: false, ...options, operations })
  class RateDao extends RemoteDao(rates) {
    async rateOf(currency: string, signal?: AbortSignal): Promise<number> {
      const { rate } = await this.latest({ params: { currency } }, signal === undefined ? {} : { signal })
      return rate
    }
  }
  const rateDao = remoteDependency(RateDao)

  /** Local rows and a remote rate in one value. */
  class PriceService {
    readonly #items: ItemService
    readonly #rates: RateDao
    readonly #signal: AbortSignal

    constructor(session: Session, { rates: given, signal }: { readonly rates: RateDao; readonly signal: AbortSignal }) {
      this.#items = session.use(ItemService)
      this.#rates = given
      this.#signal = signal
    }

    async pricesIn(currency: string) {
      const { rows } = await this.#items.list({ page: { limit: 10, offset: 0 } })
      const rate = await this.#rates.rateOf(currency, this.#signal)
      return rows.map(({ name, euros }) => ({ name, price: euros * rate }))
    }
  }
  const prices = dependency('prices', {
    needs: { session: requestSession, rates: rateDao, signal: requestSignal },
    make: ({ session, rates: given, signal }) => new PriceService(session, { rates: given, signal }),
  })

  const routes = {
    prices: route('GET /prices/:currency', {
      summary: 'What things cost in a currency',
      responses: { 200: list(priced) },
      errors: remoteErrors,
      use: { prices },
      handler: ({ params, use }) => use.prices.pricesIn(params.currency),
    }),
    /** Writes first: the transaction would wait with its connection. */
    buy: route('POST /buy/:currency', {
      summary: 'Adds an item and asks for its price',
      query: shape({ how: text() }),
      responses: { 200: priced },
      errors: remoteErrors,
      use: { items: ItemService, rates: rateDao },
      handler: async ({ params, query, use, signal }) => {
        const { name } = await use.items.create({ name: 'bought', euros: 1 })
        const call = { params: { currency: params.currency } }
        const { rate } = await use.rates.latest(call, { signal, inTransaction: query.how === 'holding' })
        return { name, price: rate }
      },
    }),
    items: route('GET /items', {
      summary: 'The items',
      responses: { 200: list(shape({ name: text() })) },
      use: { items: ItemService },
      handler: async ({ use }) => (await use.items.list({ page: { limit: 10, offset: 0 } })).rows,
    }),
  }
  const app = createApp({
    title: 'Shop',
    version: '1.0.0',
    models,
    responses: plain,
    routes: [group({ auth: publicAccess('a test') }, routes)],
  })
  return { app, rateDao, RateDao }
}
