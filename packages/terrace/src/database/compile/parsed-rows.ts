import { errors } from '../../errors/index.ts'

/** The text of a list or row, as a driver gives it. Error: `SCOPE_LIST_CUT`. */
export function parsedRows(text: unknown, output: string): unknown {
  try {
    return JSON.parse(text as string) as unknown
  } catch (cause) {
    throw listCut(output, cause)
  }
}

export function listCut(output: string, cause?: unknown): Error {
  return errors.SCOPE_LIST_CUT({ values: { output }, cause })
}
