import { integer, model, owner, softDelete, text, timestamps, uuid } from 'terrace/model'
import { Device } from '../device/device.model.ts'

/** What a device eats and counts by itself. */
export const Product = model(
  'products',
  {
    id: uuid().primaryKey(),
    deviceId: owner(Device),
    name: text().length(1, 100).filterable('contains').describe('Product name').example('Chicken Breast'),
    kcal100g: integer().range(0, 1000).column('kcal_100g').describe('Energy, kcal per 100 g').example(165),
    ...timestamps(),
    ...softDelete(),
  },
  { indexes: [['deviceId', 'name']] },
)
