import { isDeepStrictEqual } from 'node:util'
import { bytesOf, HttpConnection, type HttpAnswer } from './http-connection.ts'
import type { BenchRequest, Work } from './works.ts'

/** Throws unless all subjects answer the first request of each work alike: status, headers and body. */
export async function compareAnswers(
  ports: Readonly<Record<string, number>>,
  works: readonly Pick<Work, 'title' | 'requests'>[],
  { mayDiffer = [] }: { readonly mayDiffer?: readonly string[] } = {},
): Promise<void> {
  for (const { title, requests } of works) {
    const [request] = requests
    if (request === undefined) throw new Error(`${title}: nothing is asked`)
    const answers = await Promise.all(
      Object.entries(ports).map(async ([name, port]) => ({
        name,
        answer: comparable(await answerOf(port, request), mayDiffer),
      })),
    )
    const [first] = answers
    const other = answers.find(({ answer }) => !isDeepStrictEqual(answer, first?.answer))
    if (first !== undefined && other !== undefined)
      throw new Error(
        `${title}: ${first.name} and ${other.name} answer differently:\n${textOf(first)}\n${textOf(other)}`,
      )
  }
}

async function answerOf(port: number, request: BenchRequest): Promise<HttpAnswer> {
  const connection = new HttpConnection(port)
  try {
    return await connection.send(bytesOf(request))
  } finally {
    connection.close()
  }
}

/** Ids and times that each subject makes for itself stand as what they are; what is read was stored before and is kept. */
function comparable({ status, head, body }: HttpAnswer, mayDiffer: readonly string[]) {
  const isNew = status === 201
  const told = headersOf(head).filter(([name]) => !mayDiffer.includes(name))
  const headers = told.map(([name, value]) => [name, varying.has(name) || isNew ? masked(value) : value])
  return { status, headers: Object.fromEntries(headers), body: bodyOf(body, isNew) }
}

const varying: ReadonlySet<string> = new Set(['x-request-id', 'date', 'etag'])

function headersOf(head: string): readonly (readonly [string, string])[] {
  const lines = head
    .split('\r\n')
    .slice(1)
    .filter((line) => line !== '')
  return lines.map((line) => {
    const at = line.indexOf(':')
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const
  })
}

/** Of a patch only the time of the change is new. */
function bodyOf(body: Buffer, isNew: boolean): unknown {
  const text = body.toString('utf8')
  return JSON.parse(isNew ? masked(text) : text.replace(/("updatedAt":")[^"]*/g, '$1an instant'))
}

function masked(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'a uuid')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'an instant')
    .replaceAll(/^W\/"[\w-]{22}"$/g, 'a tag')
    .replaceAll(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, 'a date')
}

function textOf({ name, answer }: { readonly name: string; readonly answer: unknown }): string {
  return `${name} ${JSON.stringify(answer, null, 2)}`
}
