import { unscoped } from 'terrace/database'
import type { TestClient, TestRequest, TestResponse } from 'terrace/testing'
import { UserService } from '../../src/user/user.service.ts'
import { giveSecrets } from './secrets.ts'
import type { Role } from '../../src/user/user.model.ts'

/** Calls the API as somebody, or as nobody. */
export type Caller = (
  method: string,
  url: string,
  body?: unknown,
  headers?: TestRequest['headers'],
) => Promise<TestResponse>

export interface Account {
  readonly id: number
  readonly email: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly call: Caller
}

export const password = 'correct horse battery staple'

type AnyClient = Pick<TestClient, 'request'>

export function calling(client: AnyClient, token?: string): Caller {
  const own = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return (method, url, body, headers = {}) =>
    client.request(method, url, { headers: { ...own, ...headers }, ...(body === undefined ? {} : { body }) })
}

/** Registers somebody and logs them in, over HTTP. */
export async function registered(client: AnyClient, name: string): Promise<Account> {
  const call = calling(client)
  const email = `${name}@example.com`
  const user = await call('POST', '/v1/users', { email, password, displayName: name })
  if (user.status !== 201) throw new Error(user.text)
  const { id } = user.json as { readonly id: number }
  return { id, email, ...(await loggedIn(client, email)) }
}

export async function loggedIn(
  client: AnyClient,
  email: string,
  secret = password,
): Promise<Omit<Account, 'id' | 'email'>> {
  giveSecrets()
  const login = await calling(client)('POST', '/v1/auth/login', { email, password: secret })
  if (login.status !== 200) throw new Error(login.text)
  const { accessToken, refreshToken } = login.json as { readonly accessToken: string; readonly refreshToken: string }
  return { accessToken, refreshToken, call: calling(client, accessToken) }
}

/** As `registered`, with a role that only an admin or the terminal gives. */
export async function registeredAs(client: TestClient, name: string, role: Role): Promise<Account> {
  const account = await registered(client, name)
  await client.database.session(unscoped('test role'), (session) =>
    session.use(UserService).changeRole(account.id, role),
  )
  return account
}
