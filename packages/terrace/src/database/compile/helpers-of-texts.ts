import type { FunctionNode, OperationNode } from 'kysely'
import { errors } from '../../errors/index.ts'
import { foldedSides } from './equality.ts'
import { argumentAt } from './helper-arguments.ts'
import { isLiteral } from './literals.ts'
import { heldAs, storageOf, type Meaning } from './meaning.ts'
import { condition, operand } from './operands.ts'
import type { Expression, Frame, Pass } from './pass.ts'
import { refused } from './refuse.ts'
import { and, binary, call, constant, parens } from './sql-nodes.ts'

const text: Meaning = { kind: 'text' }

/** Where a text holds another. */
type Place = 'anywhere' | 'atStart' | 'atEnd'

const placeNames: { readonly [K in Place]: string } = {
  anywhere: 'contains',
  atStart: 'startsWith',
  atEnd: 'endsWith',
}

/** `contains(text, part)`, `startsWith(text, part)` and `endsWith(text, part)`: without case where the column ignores it. */
export function foundText(place: Place) {
  return (pass: Pass, node: FunctionNode, frame: Frame): Expression => {
    const [whole, part] = [argumentAt(node, 0), argumentAt(node, 1)]
    const left = textOperand(pass, whole, frame, placeNames[place])
    // Beside a column it would have to be one of its values: a part may be shorter, or none of a list.
    const right = textOperand(pass, part, frame, placeNames[place])
    const bare = isLiteral(part) ? part : null
    return condition(parens(places[place](pass, foldedSides({ pass, left, right, bare }))))
  }
}

type Sides = ReturnType<typeof foldedSides>

const places: { readonly [K in Place]: (pass: Pass, sides: Sides) => OperationNode } = {
  anywhere: (pass, sides) => binary(positionIn(pass, sides), '>', constant(0)),
  atStart: (pass, sides) => binary(positionIn(pass, sides), '=', constant(1)),
  atEnd,
}

function positionIn({ dialect: { position } }: Pass, { left, right }: Sides): OperationNode {
  return call(position.name, position.order === 'textFirst' ? [left, right] : [right, left])
}

/** What is left behind the beginning is the part; a text that is shorter has no such beginning. */
function atEnd({ helpers }: Pass, { left, right }: Sides): OperationNode {
  const [whole, part] = [helpers.textLength(left), helpers.textLength(right)]
  const rest = call('substr', [left, binary(binary(whole, '-', part), '+', constant(1))])
  return and(binary(whole, '>=', part), binary(rest, '=', right))
}

function textOperand(pass: Pass, node: OperationNode, frame: Frame, what: string): Expression {
  const found = operand(pass, node, frame, isLiteral(node) ? text : null)
  const storage = storageOf(found.meaning)
  if (storage === 'text' || found.meaning.kind === 'unknown') return found
  throw errors.SCOPE_NOT_COMPARABLE({
    values: {
      what: `${what}() of ${heldAs(found.meaning)}`,
      why: 'it takes texts',
      remedy: 'Give a column that holds text',
    },
  })
}

/** `concat(…)`: NULL where one is. */
export function joinedTexts(pass: Pass, node: FunctionNode, frame: Frame): Expression {
  if (node.arguments.length === 0)
    throw refused('concat() of nothing', 'it has no value', 'Give texts or columns that hold them')
  // An engine refuses a text that is longer than it takes.
  pass.findings.calculations += 1
  const texts = node.arguments.map((argument) => textOperand(pass, argument, frame, 'concat'))
  return {
    node: pass.helpers.concat(texts.map((found) => found.node)),
    meaning: text,
    companion: null,
    isNeverNull: texts.every(({ isNeverNull }) => isNeverNull),
  }
}

/** `textLength(text)`: in code points. */
export function lengthOfText(pass: Pass, node: FunctionNode, frame: Frame): Expression {
  const found = textOperand(pass, argumentAt(node, 0), frame, 'textLength')
  return {
    node: pass.helpers.textLength(found.node),
    meaning: { kind: 'integer' },
    companion: null,
    isNeverNull: found.isNeverNull,
  }
}

/** `search(texts, words)`: the words first, then the texts. Error: `SCOPE_UNSUPPORTED`. */
export function searchedTexts(pass: Pass, node: FunctionNode, frame: Frame): Expression {
  const { search } = pass.helpers
  if (search === null) {
    throw errors.SCOPE_UNSUPPORTED({
      values: {
        what: 'search() over columns alone',
        product: pass.capabilities.product,
        remedy: 'Use contains() for each word, or keep the words in a model of their own',
      },
    })
  }
  // A text may be too long for the engine to take apart.
  pass.findings.calculations += 1
  const words = textOperand(pass, argumentAt(node, 0), frame, 'search')
  const texts = node.arguments.slice(1).map((argument) => textOperand(pass, argument, frame, 'search'))
  if (texts.length === 0) throw refused('search() in nothing', 'it has no text', 'Give columns that hold text')
  return condition(
    search(
      texts.map((found) => found.node),
      words.node,
    ),
  )
}
