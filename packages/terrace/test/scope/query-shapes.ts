import { aggregateShapes } from './shapes/aggregate-shapes.ts'
import { conditionShapes } from './shapes/condition-shapes.ts'
import { expressionShapes } from './shapes/expression-shapes.ts'
import { joinShapes } from './shapes/join-shapes.ts'
import { keyShapes } from './shapes/key-shapes.ts'
import { orderShapes } from './shapes/order-shapes.ts'
import { pluginShapes } from './shapes/plugin-shapes.ts'
import { setShapes } from './shapes/set-shapes.ts'
import { subQueryShapes } from './shapes/sub-query-shapes.ts'
import { tableShapes } from './shapes/table-shapes.ts'
import { withShapes } from './shapes/with-shapes.ts'
import type { QueryShape } from './shapes/query-shape.ts'

/** Ways to write a query. */
export const queryShapes: readonly QueryShape[] = [
  ...tableShapes,
  ...joinShapes,
  ...conditionShapes,
  ...subQueryShapes,
  ...withShapes,
  ...setShapes,
  ...aggregateShapes,
  ...expressionShapes,
  ...orderShapes,
  ...pluginShapes,
  ...keyShapes,
]
