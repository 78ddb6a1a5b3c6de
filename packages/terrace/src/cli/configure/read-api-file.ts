import { readFile } from 'node:fs/promises'
import { readDocument, type ApiDocument } from '../../contract/index.ts'
import { errors } from '../../errors/index.ts'

/** A document of OpenAPI from a file. `CONTRACT_FILE` where it is none, with why. */
export async function readApiFile(path: string, shown: string): Promise<ApiDocument> {
  const { document, problem } = readDocument(await textOf(path, shown))
  if (document !== null) return document
  const remedy = 'Give a document of OpenAPI 3 in JSON: terrace openapi --out <file> writes one'
  throw errors.CONTRACT_FILE({ values: { file: shown, problem, remedy } })
}

async function textOf(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const problem = code === 'ENOENT' ? 'there is no such file' : `it cannot be opened (${code})`
    const remedy =
      code === 'ENOENT' ? `Correct the path, or write it: terrace openapi --out ${shown}` : 'Correct the path'
    throw errors.CONTRACT_FILE({ values: { file: shown, problem, remedy }, cause })
  }
}
