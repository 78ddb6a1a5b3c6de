import type { Snapshot, TableShape } from '../../schema/index.ts'
import { expressionsOf, mapExpressions, onlyExpressions, placeKey, type ExpressionText } from './expression-texts.ts'

/** Printing is no normal form: what was printed may print otherwise the next time. */
const rounds = 3

/** Prints tables; absent are those that could not be built. */
export type Print = (tables: readonly TableShape[]) => Promise<Snapshot['tables']>

export interface TableSides {
  /** As the engine printed what is wanted. */
  readonly wanted: TableShape
  readonly live: TableShape
}

/**
 * Wanted tables with the live text of each expression that is equal to it: two texts are equal if what the engine makes of the
 * one, printing it again and again, meets what it makes of the other within three rounds. Asks nothing where no text differs.
 */
export async function settleExpressions(sides: readonly TableSides[], print: Print): Promise<readonly TableShape[]> {
  const pending = sides
    .map((side) => ({ ...side, pairs: differingPairs(side) }))
    .filter(({ pairs }) => pairs.length > 0)
  for (let round = 0; round < rounds; round += 1) {
    const open = pending.filter(({ pairs }) => pairs.some((pair) => !isMet(pair)))
    if (open.length === 0) break
    const grown = await anotherRound(open, print)
    if (!grown) break
  }
  const settled = new Map(pending.map((table) => [table.wanted.name, settledTable(table)]))
  return sides.map(({ wanted }) => settled.get(wanted.name) ?? wanted)
}

/** All that one expression was printed as, the last one at the end. */
interface Iterates {
  readonly place: string
  readonly texts: string[]
}

/** One wanted expression and those live ones that may be it. */
interface Pair {
  readonly wanted: Iterates
  readonly live: readonly Iterates[]
}

interface Pending extends TableSides {
  readonly pairs: readonly Pair[]
}

/** By name; what is wanted under a name that is not there may be one that nobody wants under its own. */
function differingPairs({ wanted, live }: TableSides): readonly Pair[] {
  const liveTexts = expressionsOf(live)
  const wantedTexts = expressionsOf(wanted)
  const isWanted = new Set(wantedTexts.map(placeKey))
  const iterates = new Map(liveTexts.map((text) => [text, { place: placeKey(text), texts: [text.text] }]))
  return wantedTexts.flatMap((text): readonly Pair[] => {
    const same = liveTexts.filter((other) => placeKey(other) === placeKey(text))
    const others =
      same.length > 0 ? same : liveTexts.filter((other) => other.slot === text.slot && !isWanted.has(placeKey(other)))
    if (others.length === 0 || others.some((other) => other.text === text.text)) return []
    const candidates = others.flatMap((other) => iterates.get(other) ?? [])
    return [{ wanted: { place: placeKey(text), texts: [text.text] }, live: candidates }]
  })
}

function metBy({ wanted, live }: Pair): Iterates | undefined {
  return live.find(({ texts }) => texts.some((text) => wanted.texts.includes(text)))
}

function isMet(pair: Pair): boolean {
  return metBy(pair) !== undefined
}

/** Prints the last text of each side once more; false when that gave nothing new. */
async function anotherRound(open: readonly Pending[], print: Print): Promise<boolean> {
  const asked = open.flatMap(({ wanted, live, pairs }, at) => {
    const unmet = pairs.filter((pair) => !isMet(pair))
    const liveOnes = [...new Set(unmet.flatMap((pair) => pair.live))]
    return [
      question(
        wanted,
        `wanted ${at}`,
        unmet.map((pair) => pair.wanted),
      ),
      question(live, `live ${at}`, liveOnes),
    ]
  })
  const printed = await print(asked.map(({ table }) => table))
  let grown = false
  for (const { table, iterates } of asked) {
    const texts = new Map(
      expressionsOf(printed[table.name] ?? table).map((text: ExpressionText) => [placeKey(text), text.text]),
    )
    for (const { place, texts: known } of iterates) {
      const text = texts.get(place)
      if (text === undefined || known.includes(text)) continue
      known.push(text)
      grown = true
    }
  }
  return grown
}

interface Question {
  readonly table: TableShape
  readonly iterates: readonly Iterates[]
}

function question(table: TableShape, name: string, iterates: readonly Iterates[]): Question {
  const last = new Map(iterates.map(({ place, texts }) => [place, texts.at(-1)]))
  const only = onlyExpressions(table, new Set(last.keys()))
  return { iterates, table: { ...mapExpressions(only, (at, text) => last.get(placeKey(at)) ?? text), name } }
}

function settledTable({ wanted, pairs }: Pending): TableShape {
  const settled = new Map(pairs.map((pair) => [pair.wanted.place, metBy(pair)?.texts[0]]))
  return mapExpressions(wanted, (at, text) => settled.get(placeKey(at)) ?? text)
}
