import type { TableShape } from '../../src/schema/index.ts'

/** A table of one column, with a key and a rule. */
export const productTable: TableShape = {
  name: 'products',
  comment: null,
  options: { strict: 'yes', 'without rowid': 'no' },
  columns: [
    {
      name: 'id',
      type: 'TEXT',
      nullable: false,
      default: null,
      generated: null,
      identity: null,
      collation: null,
      comment: null,
      isOpaque: false,
      source: { model: 'Product', fact: 'column', name: 'id', columns: ['id'], properties: ['id'], renamedFrom: 'key' },
    },
  ],
  primaryKey: { name: 'pk_products', columns: ['id'], source: null },
  uniques: [],
  indexes: [],
  foreignKeys: [],
  checks: [{ name: 'ck_products_id', expression: `length("id") < 10`, enforced: true, source: null }],
  source: null,
}
