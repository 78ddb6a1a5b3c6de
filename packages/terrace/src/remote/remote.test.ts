import { expect, test } from 'vitest'
import { shape } from '../dto/index.ts'
import { integer, text } from '../model/index.ts'
import { get, post, remote, RemoteDao } from './index.ts'
import { loadPackage } from './load-package.ts'

const ping = get('/ping', { response: null })
const named = (name: string) => ({ [name]: ping })
const base = { baseUrl: 'https://api.example.com', operations: { ping } }

test.each([
  [
    () => get('/items/:id', { params: shape({ other: text() }), response: null }),
    'the parameters [id], its params [other]',
  ],
  [() => get('/items/:id/:id', { response: null }), 'two parameters have one name'],
  [() => get('/a/../b', { response: null }), 'this is no path'],
  [() => get('/a b', { response: null }), 'this is no path'],
  [() => get('/a?b=c', { response: null }), 'this is no path'],
  [() => get('/a/', { response: null }), 'this is no path'],
  [() => get('/a', { body: shape({ a: text() }), response: null }), 'it has a body, which GET has not'],
  [() => post('/a', { response: null, cache: { ttlMs: 1 } }), 'it has a cache, which only GET may have'],
  [() => get('/a', { response: null, cache: { ttlMs: 0 } }), 'cache.ttlMs is no number of milliseconds from 1'],
  [() => get('/a', { response: null, headers: { Host: 'b' } }), 'the header Host is given by the transport'],
  [() => remote('no name', base), 'its name is no word'],
  [() => remote('a', { ...base, operations: {} }), 'it has no operations'],
  [() => remote('a', { ...base, operations: { toString: ping } }), 'toString is a name of every JavaScript object'],
  [() => remote('a', { ...base, operations: { 'a-b': ping } }), 'a-b cannot be the name of a method'],
  [() => remote('a', { ...base, operations: named('then') }), 'then would make a promise of it'],
  [() => remote('a', { ...base, ports: [0] }), '0 is no port'],
  [() => remote('a', { ...base, headers: { 'Content-Length': '3' } }), 'the header Content-Length is the transport'],
  [() => remote('a', { ...base, timeouts: { wholeMs: Infinity } }), 'timeouts.wholeMs is Infinity'],
  [() => remote('a', { ...base, timeouts: { connectMs: 0 } }), 'timeouts.connectMs is 0'],
  [() => remote('a', { ...base, limits: { redirects: -1 } }), 'limits.redirects is -1'],
  [() => remote('a', { ...base, retries: { budget: -1 } }), 'retries.budget is -1'],
])('what cannot be is refused where it is declared: %#', (declare, problem) => {
  expect(declare).toThrow(
    expect.objectContaining({ code: 'REMOTE_DECLARATION', message: expect.stringContaining(problem) }),
  )
})

test('all that is wrong with a source is told at once', () => {
  expect(() => remote('a b', { ...base, ports: [0], operations: {} })).toThrow(
    /name is no word.*; .*no operations; .*0 is no port/,
  )
})

test('a declaration reads nothing: settings are asked when it is opened', () => {
  const asked = (): never => expect.fail('read at import')
  const source = remote('lazy', { ...base, baseUrl: asked, allowHosts: asked, credentials: asked })
  expect(RemoteDao(source).source).toBe(source)
})

test('a package that is not installed is named; what breaks within one is thrown as it is', async () => {
  const missing = Object.assign(new Error("Cannot find package 'undici' imported from x"), {
    code: 'ERR_MODULE_NOT_FOUND',
  })
  await expect(loadPackage('undici', () => Promise.reject(missing))).rejects.toMatchObject({
    code: 'REMOTE_PACKAGE',
    remedy: 'npm install undici',
  })
  await expect(loadPackage('cockatiel', () => Promise.reject(missing))).rejects.toBe(missing)
})

test('methods of a class that extends a DAO call its operations', async () => {
  const source = remote('shop', {
    ...base,
    operations: { item: get('/items/:id', { response: shape({ size: integer() }) }) },
  })
  class ItemDao extends RemoteDao(source) {
    async sizeOf(id: string): Promise<number> {
      return (await this.item({ params: { id } })).size
    }
  }
  const calls: unknown[] = []
  const call = async (...given: unknown[]) => {
    calls.push(given)
    return { size: 3 }
  }
  const dao = new ItemDao({ call })
  expect([await dao.sizeOf('7'), calls]).toEqual([3, [['item', { params: { id: '7' } }, undefined]]])
})
