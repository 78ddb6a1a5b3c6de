import { expect, test } from 'vitest'
import { get, openRemote, remote, RemoteDao } from 'terrace/remote'
import type { OpenRemoteOptions, RemoteOptions } from 'terrace/remote'
import { openThings, refusal } from './one-source.ts'
import { json, stubServer } from './stub-server.ts'

const operations = { ping: get('/ping', { response: null }) }
type Options = Partial<Omit<RemoteOptions, 'operations'>>

async function refusalOf(baseUrl: string, options: Options = {}, opening: OpenRemoteOptions = {}): Promise<string> {
  const source = remote('guarded', { baseUrl, retries: false, ports: [80, 443, 9], ...options, operations })
  await using open = await openRemote(RemoteDao(source), opening)
  return await refusal(open.dao.ping())
}

/** One address in every spelling that a URL, or a resolver of the system, may take for it. */
const literals: Readonly<Record<string, readonly string[]>> = {
  'a loopback address': [
    '127.0.0.1',
    '127.0.0.1.',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0x7f.1',
    '0X7F.0x0.0x0.0x1',
    '0177.0.0.1',
    '0177.0.0.01',
    '017700000001',
    '00000177.0.0.1',
    '127.0.0.0x1',
    '１２７.０.０.１',
    '①②⑦.0.0.1',
    '127。0。0。1',
    '%31%32%37.0.0.1',
    '127%2e0%2e0%2e1',
    '127.255.255.254',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[0000:0000::0001]',
    '[::]',
    '[::127.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::FFFF:7F00:0001]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2001:4860::5efe:127.0.0.1]',
  ],
  'an address of this host': ['0.0.0.0', '0', '0x0', '00', '0.1', '[::ffff:0.0.0.0]'],
  'a private address': [
    '10.0.0.1',
    '10.1',
    '167772161',
    '0xa000001',
    '012.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.168.257',
    '3232235521',
    '0xc0a80001',
    '[::ffff:10.0.0.1]',
    '[::ffff:c0a8:1]',
    '[fc00::1]',
    '[fd12:3456::1]',
    '[fd00:ec2::254]',
    '[64:ff9b::192.168.0.1]',
    '[64:ff9b::a00:1]',
  ],
  'a link-local address': [
    '169.254.169.254',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '169.254.43518',
    '[fe80::1]',
    '[febf::1]',
    '[::ffff:169.254.169.254]',
    '[::ffff:a9fe:a9fe]',
    '[64:ff9b::a9fe:a9fe]',
  ],
  'an address of carrier-grade NAT': ['100.64.0.1', '100.100.100.200', '1684301000'],
  'a multicast address': ['224.0.0.1', '239.255.255.250', '[ff02::1]', '[ff05::2]'],
  'a reserved address': [
    '255.255.255.255',
    '4294967295',
    '240.0.0.1',
    '192.0.0.192',
    '[64:ff9b:1::1]',
    '[fec0::1]',
    '[::ffff:255.255.255.255]',
  ],
  'an address of a cloud’s own services': ['168.63.129.16'],
  'an address of 6to4': ['[2002:7f00:1::]', '[2002:a9fe:a9fe::]'],
  'an address for documentation': ['192.0.2.1', '[2001:db8::1]'],
}
const spellings = Object.entries(literals).flatMap(([range, hosts]) => hosts.map((host) => [host, range] as const))

test('there are more than sixty spellings', () => {
  expect(spellings.length).toBeGreaterThan(80)
})

test.each(spellings)('http://%s/ leads to %s and is not connected to', async (host, range) => {
  const found = await refusalOf(`http://${host}/`)
  expect(found).toBe(`REMOTE_ADDRESS: The source guarded leads to where it may not: ${range}`)
})

/** Names that a resolver gives such addresses for; the last one of several is enough. */
test.each([
  ['localhost', ['127.0.0.1'], 'a loopback address'],
  ['localhost.', ['::1'], 'a loopback address'],
  ['LOCALHOST', ['127.0.0.1'], 'a loopback address'],
  ['metadata.google.internal', ['169.254.169.254'], 'a link-local address'],
  ['127.0.0.1.nip.io', ['127.0.0.1'], 'a loopback address'],
  ['intranet.example', ['10.0.0.8'], 'a private address'],
  ['mixed.example', ['93.184.216.34', '::ffff:192.168.1.1'], 'a private address'],
  ['v6.example', ['2606:2800:220:1::', 'fe80::1%1'], 'a link-local address'],
])('the name %s is judged by what it resolves to: %j', async (host, addresses, range) => {
  const found = await refusalOf(`http://${host}/`, {}, { resolve: async () => addresses })
  expect(found).toBe(`REMOTE_ADDRESS: The source guarded leads to where it may not: ${range}`)
})

test('what the system resolves is judged too', async () => {
  expect(await refusalOf('http://localhost/')).toContain('REMOTE_ADDRESS')
})

test('a name that means something else each time is judged by what is connected to (rebinding)', async () => {
  await using server = await stubServer((_, response) => json(response, {}))
  const port = Number(server.host.split(':')[1])
  const answers = [['198.18.0.1'], ['127.0.0.1'], ['169.254.169.254']]
  let asked = 0
  const resolve = async (): Promise<readonly string[]> => answers[asked++ % answers.length] ?? []
  const source = remote('guarded', {
    baseUrl: `http://rebinding.example:${port}`,
    ports: [port],
    retries: false,
    operations,
  })
  await using open = await openRemote(RemoteDao(source), { resolve })
  const ranges: string[] = []
  for (let call = 0; call < 6; call += 1) ranges.push((await refusal(open.dao.ping())).split(': ').at(-1) ?? '')
  expect(ranges.slice(0, 3)).toEqual(['an address for benchmarks', 'a loopback address', 'a link-local address'])
  // Asked once for each connection: nothing is judged by one answer and connected to by another.
  expect(asked).toBe(6)
  expect(server.seen).toEqual([])
})

test('a host that is allowed is reached by its name and port alone', async () => {
  await using server = await stubServer((_, response) => json(response, {}))
  const port = Number(server.host.split(':')[1])
  const resolve = async () => ['127.0.0.1']
  const at = (host: string, allowHosts: readonly string[], ports: readonly number[] = [port]) =>
    refusalOf(`http://${host}:${port}`, { allowHosts, ports }, { resolve })
  expect(await at('stub.internal', [`stub.internal:${port}`], [80])).toBe('none')
  expect(await at('STUB.internal', [`Stub.Internal:${port}`])).toBe('none')
  expect(await at('stub.internal.', ['stub.internal'])).toBe('none')
  expect(await at('stub.internal', ['stub.internal:81'])).toContain('a loopback address')
  expect(await at('other.internal', ['stub.internal'])).toContain('a loopback address')
  expect(await at('xstub.internal', ['stub.internal'])).toContain('a loopback address')
  expect(server.seen.length).toBe(3)
})

test.each([
  ['ftp://a.example/', 'a scheme that is neither http nor https'],
  ['file:///etc/passwd', 'a scheme that is neither http nor https'],
  ['gopher://a.example/', 'a scheme that is neither http nor https'],
  ['http://me:hunter2@a.example/', 'a URL with credentials in it'],
  ['http://token@a.example/', 'a URL with credentials in it'],
  ['http://a.example:22/', 'the port 22, which is none of ports'],
  ['https://a.example:6379/', 'the port 6379, which is none of ports'],
  ['http://a.example/?key=hunter2', 'a query or a fragment'],
  ['a.example', 'no URL'],
])('the base %s keeps the source from opening, and no secret of it is told', async (baseUrl, problem) => {
  const error = await refusal(refusalOf(baseUrl))
  expect(error).toContain('REMOTE_SETTING: The remote source guarded cannot be opened: its baseUrl')
  expect(error).toContain(problem)
  expect(error).not.toContain('hunter2')
})

test('proxies of the environment are not asked', async () => {
  await using proxy = await stubServer((_, response) => json(response, {}))
  await using server = await stubServer((_, response) => json(response, {}))
  process.env['HTTP_PROXY'] = process.env['http_proxy'] = proxy.url
  try {
    await using open = await openThings(server.host)
    await open.dao.ping()
  } finally {
    delete process.env['HTTP_PROXY']
    delete process.env['http_proxy']
  }
  expect([server.seen.length, proxy.seen.length]).toEqual([1, 0])
})

const toLoopback = [
  'http://127.0.0.1:9/',
  'http://2130706433:9/',
  'http://[::ffff:127.0.0.1]:9/',
  'http://localhost:9/',
  '//0x7f.1:9/',
]

test.each(toLoopback)('a redirect to %s is not followed', async (location) => {
  await using server = await stubServer((_, response) => response.writeHead(302, { location }).end())
  const options = { limits: { redirects: 5 }, ports: [80, 443, 9] }
  await using open = await openThings(server.host, options)
  const found = await refusal(open.dao.find({ params: { id: '7' } }))
  expect(found).toBe('REMOTE_ADDRESS: The source things leads to where it may not: a loopback address')
})

test.each([
  ['file:///etc/passwd', 'a scheme that is neither http nor https'],
  ['http://a.example:22/', 'the port 22, which is none of ports'],
  ['http://me:secret@a.example/', 'a URL with credentials in it'],
  ['http://[', 'a redirect to what is no URL'],
])('a redirect to %s is refused', async (location, reason) => {
  await using server = await stubServer((_, response) => response.writeHead(301, { location }).end())
  await using open = await openThings(server.host, { limits: { redirects: 5 } })
  const found = await refusal(open.dao.find({ params: { id: '7' } }))
  expect(found).toBe(`REMOTE_ADDRESS: The source things leads to where it may not: ${reason}`)
})

test('redirects are followed where that is allowed, as many as that, and none by default', async () => {
  await using server = await stubServer(({ url }, response) => {
    if (url === '/things/2') json(response, { id: 2, name: 'Two' })
    else response.writeHead(307, { location: url === '/things/1' ? '/things/2' : url }).end()
  })
  await using none = await openThings(server.host)
  expect(await refusal(none.dao.find({ params: { id: '1' } }))).toContain(
    'REMOTE_REFUSED: The source things refused the request: a redirect (status 307)',
  )
  await using three = await openThings(server.host, { limits: { redirects: 3 } })
  expect(await three.dao.find({ params: { id: '1' } })).toEqual({ id: 2, name: 'Two' })
  const before = server.seen.length
  expect(await refusal(three.dao.find({ params: { id: '9' } }))).toContain(
    'REMOTE_REFUSED: The source things refused the request: more than 3 redirects',
  )
  expect(server.seen.length - before).toBe(4)
})

test('credentials go to the first origin alone', async () => {
  await using other = await stubServer((_, response) => json(response, { id: 1, name: 'One' }))
  await using server = await stubServer(({ url }, response) => {
    if (url.startsWith('/things/1')) response.writeHead(302, { location: '/things/2' }).end()
    else response.writeHead(302, { location: `${other.url}/things/3` }).end()
  })
  const credentials = () => ({ headers: { 'x-api-key': 'hunter2' }, query: { token: 'hunter3' } })
  const options = { limits: { redirects: 3 }, allowHosts: [server.host, other.host], credentials }
  await using open = await openThings(server.host, options)
  expect(await open.dao.find({ params: { id: '1' } })).toEqual({ id: 1, name: 'One' })
  const seen = [...server.seen, ...other.seen].map(({ url, headers }) => [url, headers['x-api-key']])
  expect(seen).toEqual([
    ['/things/1?token=hunter3', 'hunter2'],
    ['/things/2', 'hunter2'],
    ['/things/3', undefined],
  ])
})

test('what is no GET follows no redirect', async () => {
  await using server = await stubServer((_, response) => response.writeHead(307, { location: '/elsewhere' }).end())
  await using open = await openThings(server.host, { limits: { redirects: 3 } })
  expect(await refusal(open.dao.add({ body: { name: 'a' } }))).toContain('a redirect (status 307)')
  expect(server.seen.length).toBe(1)
})
