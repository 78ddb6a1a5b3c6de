/** What a function gives. `argument`: what its first argument (and those that must be of the same kind) are. */
export type FunctionResult =
  | 'argument'
  | 'boolean'
  | 'integer'
  | 'number'
  | 'text'
  /** Of whole numbers a whole number, of floats a float, of decimals a decimal. */
  | 'sum'
  /** A float, of whole numbers and floats. */
  | 'average'
  | 'unknown'

/** One function that may be called, and what the compiler must know of it. */
export interface FunctionRule {
  readonly result: FunctionResult
  /** Positions of arguments that are of one kind; bare values among them are encoded by it. Others are plain numbers or texts. */
  readonly alike: 'all' | readonly number[]
  /** What those arguments must be. */
  readonly takes: 'anything' | 'sortable' | 'ordered' | 'number' | 'text'
  /** Called over rows, by `eb.fn.agg` and its kin. */
  readonly isAggregate: boolean
}

const scalar = (rule: Partial<FunctionRule>): FunctionRule => ({
  result: 'argument',
  alike: 'all',
  takes: 'anything',
  isAggregate: false,
  ...rule,
})

const aggregate = (rule: Partial<FunctionRule>): FunctionRule => scalar({ isAggregate: true, ...rule })

/**
 * Functions that every engine has with one meaning. `lower` and `upper` change ASCII letters alike everywhere, others as the
 * engine knows them: for comparing without case declare the column `ignoreCase()`.
 */
export const functionRules: ReadonlyMap<string, FunctionRule> = new Map<string, FunctionRule>([
  ['coalesce', scalar({})],
  ['nullif', scalar({ takes: 'sortable' })],
  ['abs', scalar({ takes: 'number' })],
  ['lower', scalar({ result: 'text', takes: 'text' })],
  ['upper', scalar({ result: 'text', takes: 'text' })],
  ['trim', scalar({ result: 'text', takes: 'text' })],
  ['replace', scalar({ result: 'text', takes: 'text' })],
  ['substr', scalar({ result: 'text', takes: 'text', alike: [0] })],
  ['count', aggregate({ result: 'integer' })],
  ['sum', aggregate({ result: 'sum', takes: 'number' })],
  ['avg', aggregate({ result: 'average', takes: 'number' })],
  ['min', aggregate({ takes: 'ordered' })],
  ['max', aggregate({ takes: 'ordered' })],
  ['row_number', aggregate({ result: 'integer' })],
  ['rank', aggregate({ result: 'integer' })],
  ['dense_rank', aggregate({ result: 'integer' })],
  ['ntile', aggregate({ result: 'integer', alike: [] })],
  ['percent_rank', aggregate({ result: 'number' })],
  ['cume_dist', aggregate({ result: 'number' })],
  ['lag', aggregate({ alike: [0, 2] })],
  ['lead', aggregate({ alike: [0, 2] })],
  ['first_value', aggregate({ alike: [0] })],
  ['last_value', aggregate({ alike: [0] })],
  ['nth_value', aggregate({ alike: [0] })],
])

/** A function of the app's own allow-list: nothing is known of its arguments. */
export function allowedFunction(result: FunctionResult): FunctionRule {
  return { result, alike: result === 'argument' ? 'all' : [], takes: 'anything', isAggregate: true }
}

/** The engine's function for a text's position in a text: what the DAO's `contains` is made of. */
export const positionRule: FunctionRule = scalar({ result: 'integer', takes: 'text' })
