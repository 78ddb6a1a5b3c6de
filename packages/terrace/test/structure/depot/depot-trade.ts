import {
  bigint,
  boolean,
  date,
  decimal,
  identity,
  integer,
  model,
  oneOf,
  reference,
  shared,
  smallint,
  text,
  timestamp,
  timestamps,
  uuid,
} from '../../../src/model/index.ts'
import type { Has } from './depot-changes.ts'
import type { Goods } from './depot-goods.ts'

const everyone = { access: shared({ write: 'everyone' }) } as const

/** Ten models of release 1 and two of release 2: rules over a row, references of every action. */
export function trade(has: Has, { Product }: Pick<Goods, 'Product'>) {
  const { Supplier, Customer, Contact } = parties(has)
  const { Order, OrderLine, Remark } = ordering(has, { Product, Customer })
  const { Carrier, Shipment, Event } = shipping(has, { Order })
  const { Invoice, Count, CountLine } = counting(has, { Product, Customer })
  return {
    Supplier,
    Customer,
    Contact,
    Order,
    OrderLine,
    Remark,
    Shipment,
    Invoice,
    Count,
    CountLine,
    ...(has('carriersAreNewAndSeeded') ? { Carrier } : {}),
    ...(has('eventsAreNew') ? { Event } : {}),
  }
}

function parties(has: Has) {
  const Supplier = model(
    'suppliers',
    {
      id: identity(),
      name: has('supplierNamesMayRepeat') ? text().length(1, 60) : text().length(1, 60).unique(),
      ...(has('suppliersHaveNoFax') ? {} : { fax: text().length(3, 30).nullable() }),
    },
    everyone,
  )
  const customerName = text().length(1, 60).index()
  const Customer = model(
    'customers',
    {
      id: identity(),
      ...(has('customersHaveNames') ? { name: customerName.renamedFrom('title') } : { title: customerName }),
      discount: decimal(5, 2).range('0', '100').default('0'),
    },
    everyone,
  )
  const Contact = model(
    'contacts',
    {
      id: uuid().primaryKey(),
      supplierId: reference(Supplier, { onDelete: 'cascade' }).nullable(),
      customerId: reference(Customer, { onDelete: 'cascade' }).nullable(),
      email: text().length(3, 100).email(),
      isMain: boolean().default(false),
    },
    {
      ...everyone,
      exactlyOne: [['supplierId', 'customerId']],
      uniques: has('oneMainContact') ? [{ columns: ['customerId'], where: { isMain: true } }] : [],
    },
  )
  return { Supplier, Customer, Contact }
}

type Customers = Pick<ReturnType<typeof parties>, 'Customer'>

function ordering(has: Has, { Product, Customer }: Pick<Goods, 'Product'> & Customers) {
  const states = ['open', 'picked', 'sent'] as const
  const state = has('ordersCanBeReturned') ? oneOf(...states, 'returned') : oneOf(...states)
  const Order = model(
    'orders',
    {
      id: identity(),
      customerId: reference(Customer),
      state: has('ordersBeginOpen') ? state.default('open') : state,
      ...timestamps(),
    },
    everyone,
  )
  const swapped = has('orderedAndDeliveredSwap')
  const OrderLine = model(
    'order_lines',
    {
      orderId: reference(Order, { onDelete: 'cascade' }).primaryKey(),
      position: smallint().primaryKey(),
      productId: reference(Product),
      ordered: swapped ? integer().renamedFrom('delivered') : integer(),
      delivered: swapped ? integer().renamedFrom('ordered') : integer(),
    },
    everyone,
  )
  const Remark = model(
    'remarks',
    { id: identity(), orderId: reference(Order), position: smallint(), text: text() },
    {
      ...everyone,
      references: [
        {
          columns: ['orderId', 'position'],
          target: OrderLine,
          targetColumns: ['orderId', 'position'],
          onDelete: 'cascade',
        },
      ],
    },
  )
  return { Order, OrderLine, Remark }
}

function shipping(has: Has, { Order }: Pick<ReturnType<typeof ordering>, 'Order'>) {
  const Carrier = model(
    'carriers',
    { id: identity(), name: text().length(1, 40).unique(), isFast: boolean().default(false) },
    { access: shared({ write: 'nobody' }), seeds: [{ name: 'Slow & Sons' }, { name: 'Blitz', isFast: true }] },
  )
  const isCarried = has('carriersAreNewAndSeeded') && has('shipmentsNameTheirCarrier')
  const Shipment = model(
    'shipments',
    {
      id: uuid().primaryKey(),
      orderId: reference(Order),
      leftAt: timestamp().nullable(),
      ...(isCarried ? { carrierId: reference(Carrier).nullable() } : {}),
    },
    everyone,
  )
  const Event = model(
    'shipment_events',
    { id: identity(), shipmentId: reference(Shipment, { onDelete: 'cascade' }), what: text().length(1, 40) },
    everyone,
  )
  return { Carrier, Shipment, Event }
}

function counting(has: Has, { Product, Customer }: Pick<Goods, 'Product'> & Customers) {
  const Invoice = model(
    'invoices',
    {
      id: identity(),
      customerId: has('invoicesReferToCustomers') ? reference(Customer) : bigint(),
      day: has('invoicesAreFoundByDay') ? date().index() : date(),
      sum: decimal(12, 2),
    },
    everyone,
  )
  const Count = model('counts', { id: identity(), startedAt: timestamp(), isDone: boolean().default(false) }, everyone)
  const CountLine = model(
    'count_lines',
    {
      id: identity(),
      countId: reference(Count, { onDelete: has('countLinesGoWithTheirCount') ? 'cascade' : 'restrict' }),
      productId: reference(Product),
      found: integer().range(0, null),
    },
    everyone,
  )
  return { Invoice, Count, CountLine }
}
