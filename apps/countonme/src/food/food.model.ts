import { integer, model, shared, text, timestamps, uuid } from 'terrace/model'
import foods from './foods.json' with { type: 'json' }

/** The catalogue that every device reads and none changes; filled when its table is empty (A7). */
export const Food = model(
  'foods',
  {
    id: uuid().primaryKey(),
    name: text()
      .length(1, 100)
      .unique()
      .filterable('contains')
      .describe('Food name')
      .example('Chicken breast, roasted, meat only'),
    kcal100g: integer().range(0, 1000).column('kcal_100g').describe('Energy, kcal per 100 g').example(165),
    source: text()
      .length(1, 200)
      .describe('Where the figure was published')
      .example('USDA FoodData Central, SR Legacy, NDB 05064'),
    ...timestamps(),
  },
  {
    access: shared({ write: 'nobody' }),
    seeds: foods.map(({ ndb, ...food }) => ({ ...food, source: `USDA FoodData Central, SR Legacy, NDB ${ndb}` })),
  },
)
