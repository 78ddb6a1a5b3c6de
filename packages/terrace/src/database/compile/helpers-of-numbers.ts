import type { FunctionNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import { sqlNode } from '../sql-node.ts'
import { argumentAt } from './helper-arguments.ts'
import { numericKindOf, heldAs } from './meaning.ts'
import type { Expression, Frame, Pass } from './pass.ts'
import { cast } from './sql-nodes.ts'

type Rounding = 'floor' | 'ceil' | 'round'

/** Halves upwards, as `Math.round` has them: engines' own ROUND disagree on them. */
const renderings: { readonly [K in Rounding]: (number: Expression['node']) => Expression['node'] } = {
  floor: (number) => sqlNode`floor(${number})`,
  ceil: (number) => sqlNode`ceil(${number})`,
  round: (number) => sqlNode`floor(${number} + 0.5)`,
}

/** `floor`, `ceil` and `round` of whole numbers and floats. */
export function roundedNumber(rounding: Rounding) {
  return (pass: Pass, node: FunctionNode, frame: Frame): Expression => {
    pass.findings.calculations += 1
    const found = pass.expression(argumentAt(node, 0), frame, null)
    const kind = numericKindOf(found.meaning)
    if (kind === null || kind === 'decimal') {
      throw errors.SCOPE_NOT_COMPARABLE({
        values: {
          what: `${rounding}() of ${heldAs(found.meaning)}`,
          why: 'it takes whole numbers and floats',
          remedy: 'Round it in code',
        },
      })
    }
    return {
      node: renderings[rounding](cast(found.node, pass.dialect.castTypes.float)),
      meaning: { kind: 'number' },
      companion: null,
      isNeverNull: found.isNeverNull,
    }
  }
}
