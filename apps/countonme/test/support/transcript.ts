import type { TestClient, TestResponse } from 'terrace/testing'

/**
 * Calls an app and writes down what it was asked and what it answered, so that two runs can be compared: keys become names in
 * the order in which they appear, instants and tokens are left out.
 */
export interface Transcript {
  /** As a device, or with null as nobody. */
  call(device: string | null, request: string, body?: unknown): Promise<TestResponse>
  /** A heading above the calls that follow. */
  section(title: string): void
  text(): string
}

const shownHeaders = ['allow', 'link', 'location', 'www-authenticate', 'x-total-count'] as const
const keyPattern = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g
// Their wording is the library's own affair; which value broke which rule is not.
const messagePattern = /,"message":"(?:[^"\\]|\\.)*"/g
const instantPattern = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g

export function transcriptOf(client: Pick<TestClient, 'request'>): Transcript {
  const tokens = new Map<string, string>()
  const names = new Map<string, string>()
  const lines: string[] = []
  const write = (line: string): void => {
    const named = line.replace(keyPattern, (key) => {
      names.set(key, names.get(key) ?? `id-${names.size + 1}`)
      return `<${names.get(key)}>`
    })
    lines.push(named.replace(instantPattern, '<instant>').replace(messagePattern, ''))
  }
  const call: Transcript['call'] = async (device, request, body) => {
    const [method = '', url = ''] = request.split(' ')
    const token = device === null ? undefined : tokens.get(device)
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const response = await client.request(method, url, body === undefined ? { headers } : { headers, body })
    if (device !== null && isRegistration(response)) tokens.set(device, response.json.token)
    write(`${device ?? 'nobody'}: ${request}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`)
    write(`  ${[response.status, ...shown(response)].join(' · ')}`)
    for (const line of answerLines(response)) write(`  ${line}`)
    return response
  }
  const section = (title: string): void => void lines.push('', `# ${title}`, '')
  return { call, section, text: () => `${lines.join('\n').trim()}\n` }
}

function isRegistration(
  response: TestResponse,
): response is TestResponse & { readonly json: { readonly token: string } } {
  return response.status === 201 && Object.hasOwn(response.json as object, 'token')
}

function shown({ headers }: TestResponse): readonly string[] {
  return shownHeaders.flatMap((name) => (headers[name] === undefined ? [] : [`${name}: ${headers[name]}`]))
}

/** One line per row of a list, so that a difference is easy to see. */
function answerLines(response: TestResponse): readonly string[] {
  if (isRegistration(response)) return ['{"token":"<token>"}']
  const { json } = response
  if (json === undefined) return []
  return Array.isArray(json) ? ['[', ...json.map((row) => `  ${JSON.stringify(row)}`), ']'] : [JSON.stringify(json)]
}
