import { expect } from 'vitest'
import type { TestClient, TestResponse } from '../../src/testing/index.ts'

/** A device that is registered with the shelf app and sends its token. */
export interface ShelfDevice {
  readonly deviceId: string
  readonly token: string
  send(method: string, url: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<TestResponse>
  /** Creates a product with a name of its own unless one is given. */
  create(
    product?: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>> & { readonly id: string }>
}

let count = 0

/** A new device for each test, so that none sees what another has made. */
export async function newShelfDevice(client: TestClient): Promise<ShelfDevice> {
  const deviceId = `device-${++count}`
  const { status, json } = await client.post('/v1/auth/register', { deviceId })
  expect(status).toBe(201)
  const { token } = json as { token: string }
  const send: ShelfDevice['send'] = (method, url, body, headers = {}) =>
    client.request(method, url, { headers: { authorization: `Bearer ${token}`, ...headers }, body })
  const create: ShelfDevice['create'] = async (product = {}) => {
    const answer = await send('POST', '/v1/products', { name: `Product ${++count}`, kcal100g: 52, ...product })
    expect(answer).toMatchObject({ status: 201 })
    return answer.json as Awaited<ReturnType<ShelfDevice['create']>>
  }
  return { deviceId, token, send, create }
}
