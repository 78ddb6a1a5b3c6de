import type { TestClient, TestResponse } from 'terrace/testing'

/**
 * Calls the Blog and writes down what it was asked and what it answered, so that two runs can be compared: keys become names in the
 * order in which they appear; instants, tokens and the ids of requests are left out.
 */
export interface Transcript {
  /** As somebody who has logged in here before, or with null as nobody. */
  call(
    name: string | null,
    request: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<TestResponse>
  /** A heading above the calls that follow. */
  section(title: string): void
  text(): string
}

type Tokens = { readonly accessToken: string; readonly refreshToken: string }

const shownHeaders = ['allow', 'etag', 'location', 'www-authenticate', 'x-total-count'] as const
const left: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g, '<instant>'],
  [/,"requestId":"[^"]*"/g, ''],
  [/"(accessToken|refreshToken)":"[^"]*"/g, '"$1":"<token>"'],
  // Their wording is the library's own affair; which value broke which rule is not.
  [/,"message":"(?:[^"\\]|\\.)*"/g, ''],
  [/etag: [^·\n]*/g, 'etag: <etag>'],
]
const keyPattern = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g

export function transcriptOf(client: Pick<TestClient, 'request'>): Transcript {
  const tokens = new Map<string, string>()
  const names = new Map<string, string>()
  const lines: string[] = []
  const write = (line: string): void => {
    const named = line.replace(keyPattern, (key) => {
      names.set(key, names.get(key) ?? `id-${names.size + 1}`)
      return `<${names.get(key)}>`
    })
    lines.push(left.reduce((text, [pattern, name]) => text.replace(pattern, name), named))
  }
  const call: Transcript['call'] = async (name, request, body, given = {}) => {
    const [method = '', url = ''] = request.split(' ')
    const token = name === null ? undefined : tokens.get(name)
    const headers = token === undefined ? given : { authorization: `Bearer ${token}`, ...given }
    const response = await client.request(method, url, body === undefined ? { headers } : { headers, body })
    if (name !== null && isLogin(response)) tokens.set(name, response.json.accessToken)
    write(`${name ?? 'nobody'}: ${request}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`)
    write(`  ${[response.status, ...shown(response)].join(' · ')}`)
    for (const line of answerLines(response)) write(`  ${line}`)
    return response
  }
  const section = (title: string): void => void lines.push('', `# ${title}`, '')
  return { call, section, text: () => `${lines.join('\n').trim()}\n` }
}

function isLogin(response: TestResponse): response is TestResponse & { readonly json: Tokens } {
  return response.status === 200 && Object.hasOwn(Object(response.json) as object, 'accessToken')
}

function shown({ headers }: TestResponse): readonly string[] {
  return shownHeaders.flatMap((name) => (headers[name] === undefined ? [] : [`${name}: ${headers[name]}`]))
}

/** One line per row of a list, so that a difference is easy to see. */
function answerLines({ json }: TestResponse): readonly string[] {
  if (json === undefined) return []
  return Array.isArray(json) ? ['[', ...json.map((row) => `  ${JSON.stringify(row)}`), ']'] : [JSON.stringify(json)]
}
