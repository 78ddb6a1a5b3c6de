import type { FunctionNode, OperationNode, ValueNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import { jsonTypes, type JsonStep, type JsonType } from '../helper-renderings.ts'
import { argumentAt, textParameter, wordAt } from './helper-arguments.ts'
import { heldAs, storageOf, type PlainMeaning } from './meaning.ts'
import { condition, operand } from './operands.ts'
import type { Expression, Frame, Pass } from './pass.ts'

const meanings: { readonly [K in JsonType]: PlainMeaning } = {
  text: { kind: 'text' },
  number: { kind: 'number' },
  boolean: { kind: 'boolean' },
  json: { kind: 'json' },
}

/** `jsonPath(document, path, type)`: what is at the path, NULL where it is of another type. */
export function jsonValue(pass: Pass, node: FunctionNode, frame: Frame): Expression {
  // Other programs may have written what is no JSON.
  pass.findings.calculations += 1
  const type = wordAt(node, 0, jsonTypes)
  const document = operand(pass, argumentAt(node, 1), frame, null)
  const storage = storageOf(document.meaning)
  if (storage !== 'json' && storage !== 'array') {
    throw errors.SCOPE_NOT_COMPARABLE({
      values: {
        what: `jsonPath() of ${heldAs(document.meaning)}`,
        why: 'it looks into json',
        remedy: 'Give a json() or array() column',
      },
    })
  }
  const steps = node.arguments.slice(2).map(stepOf)
  requireNames(pass, steps)
  const path = { document: document.node, steps, parameter: textParameter }
  return { node: pass.helpers.jsonPath(path, type), meaning: meanings[type], companion: null, isNeverNull: false }
}

/** `holds(array, items)`: whether all of the items are in the array. Only the DAO writes it, of items whose JSON has one spelling. */
export function heldItems(pass: Pass, node: FunctionNode, frame: Frame): Expression {
  const array = operand(pass, argumentAt(node, 0), frame, null)
  if (storageOf(array.meaning) !== 'array') {
    throw errors.SCOPE_NOT_COMPARABLE({
      values: { what: `holds() of ${heldAs(array.meaning)}`, why: 'it has no items', remedy: 'Give an array() column' },
    })
  }
  const items = operand(pass, argumentAt(node, 1), frame, array.meaning)
  return condition(pass.helpers.holds(array.node, items.node))
}

function requireNames({ helpers, capabilities }: Pass, steps: readonly JsonStep[]): void {
  const unnamed = steps.find(({ part }) => typeof part === 'string' && !helpers.canName(part))
  if (unnamed === undefined) return
  throw errors.SCOPE_UNSUPPORTED({
    values: {
      what: `A path through ${JSON.stringify(unnamed.part)}`,
      product: capabilities.product,
      remedy: 'Read the whole column, or keep what is searched in a column of its own',
    },
  })
}

// The most items that an array of any engine has.
const lastPlace = 2 ** 31 - 1

function stepOf(node: OperationNode): JsonStep {
  const part = node.kind === 'ValueNode' ? (node as ValueNode).value : undefined
  if (typeof part === 'string' && part.isWellFormed() && !part.includes('\0')) {
    return { part, parameter: textParameter(part) }
  }
  if (typeof part === 'number' && Number.isInteger(part) && part >= 0 && part <= lastPlace) {
    return { part, parameter: textParameter(part) }
  }
  throw errors.SCOPE_VALUE({
    values: {
      where: 'A step of jsonPath()',
      problem: 'must be the name of a property, or a place in an array from 0',
    },
  })
}
