import type { RunningApp } from 'terrace/app'
import { everyone } from 'terrace/database'
import { DeviceService } from './device/device.service.ts'

const demoDevice = 'demo'

/**
 * Lines to try on a terminal in development, with the token of one fixed demo device. Only its hash is kept, so each start
 * gives it a new token, and the former one is refused.
 */
export async function greet({ database, url }: RunningApp): Promise<readonly string[]> {
  if (process.env['NODE_ENV'] === 'production') return []
  const { token } = await database.session(everyone, (session) =>
    session.use(DeviceService).registerOrRenew(demoDevice),
  )
  const bearer = `-H 'authorization: Bearer ${token}'`
  return [
    `try:     curl ${bearer} '${url}/v1/foods?limit=3'`,
    `         curl ${bearer} -H 'content-type: application/json' -d '{"name":"Bread","kcal100g":266}' ${url}/v1/products`,
    `         curl ${bearer} ${url}/v1/products`,
  ]
}
