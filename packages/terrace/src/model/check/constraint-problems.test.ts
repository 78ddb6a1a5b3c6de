import { id, loose, refuses } from '../../../test/support/refusals.ts'
import { integer } from '../index.ts'

refuses('constraints', [
  [
    'two indexes that get one name',
    {
      Order: loose('order', { id, itemsId: integer().index() }),
      OrderItem: loose('order_items', { key: id, id: integer().index() }),
    },
    "OrderItem: needs the name ix_order_items_id, which is that of a constraint or index of Order → Rename one of the properties and keep its column's name with .column('…'), or rename a table",
  ],
  [
    'an index named like a table',
    { Thing: loose('things', { id, size: integer().index() }), Other: loose('IX_things_size', { id }) },
    "Thing: needs the name ix_things_size, which is that of the table of Other → Rename one of the properties and keep its column's name with .column('…'), or rename a table",
  ],
])
