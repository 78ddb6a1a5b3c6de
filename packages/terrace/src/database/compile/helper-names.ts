/**
 * What a helper of the DAO is called in a tree: a function's name that no engine has. Whatever stands in such a call is checked as
 * anything else; nothing of it is trusted.
 */
export const helperNames = {
  rows: 'terrace_rows',
  row: 'terrace_row',
  datePart: 'terrace_date_part',
  dateTrunc: 'terrace_date_trunc',
  jsonPath: 'terrace_json_path',
  contains: 'terrace_contains',
  startsWith: 'terrace_starts_with',
  endsWith: 'terrace_ends_with',
  holds: 'terrace_holds',
  search: 'terrace_search',
  concat: 'terrace_concat',
  textLength: 'terrace_text_length',
  floor: 'terrace_floor',
  ceil: 'terrace_ceil',
  round: 'terrace_round',
  clockMicros: 'terrace_clock_micros',
} as const

export type HelperName = keyof typeof helperNames
