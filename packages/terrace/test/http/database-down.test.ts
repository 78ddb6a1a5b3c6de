import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { shelfApp } from '../shelf/shelf-app.ts'
import { describeEngines } from '../support/describe-engines.ts'
import { startApp } from '../../src/app/index.ts'

/** A way to a server that can be cut and mended, as a network is. */
class Cable {
  readonly #host: string
  readonly #port: number
  readonly #sockets = new Set<Socket>()
  readonly #server: Server
  #isCut = false

  constructor(target: URL) {
    this.#host = target.hostname
    this.#port = Number(target.port || (target.protocol === 'mysql:' ? 3306 : 5432))
    this.#server = createServer((near) => {
      if (this.#isCut) return near.destroy()
      const far = connect(this.#port, this.#host)
      for (const socket of [near, far]) {
        this.#sockets.add(socket)
        socket.on('error', () => undefined)
        socket.on('close', () => [near, far].forEach((end) => end.destroy()))
      }
      near.pipe(far)
      far.pipe(near)
      return far
    })
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return (this.#server.address() as AddressInfo).port
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  mend(): void {
    this.#isCut = false
  }

  close(): void {
    this.cut()
    this.#server.close()
  }
}

describeEngines(
  'a cut cable',
  (engine) => {
    test('a database that goes away is 503 and comes back by itself', async () => {
      const fresh = await engine.fresh()
      const target = new URL(fresh.url)
      const cable = new Cable(target)
      target.port = String(await cable.listen())
      const running = await startApp(shelfApp(), {
        databaseUrl: target.href,
        host: '127.0.0.1',
        port: 0,
        log: 'silent',
      })
      try {
        const { token } = (await post(`${running.url}/v1/auth/register`, { deviceId: 'a' }).then((answer) =>
          answer.json(),
        )) as {
          token: string
        }
        const list = () => fetch(`${running.url}/v1/products`, { headers: { authorization: `Bearer ${token}` } })
        const ready = () => fetch(`${running.url}/readyz`)
        expect([(await list()).status, (await ready()).status]).toEqual([200, 200])

        cable.cut()
        const down = await list()
        expect([down.status, down.headers.get('retry-after')]).toEqual([503, '1'])
        expect(await down.json()).toMatchObject({ code: expect.stringMatching(/^(DATABASE_|POOL_)/) })
        expect([(await ready()).status, (await fetch(`${running.url}/healthz`)).status]).toEqual([503, 200])

        cable.mend()
        const answers = []
        for (let waited = 0; waited < 5_000 && answers.at(-1) !== 200; waited += 100) {
          answers.push((await list()).status)
          if (answers.at(-1) !== 200) await sleep(100)
        }
        expect(answers.at(-1)).toBe(200)
        expect((await ready()).status).toBe(200)
      } finally {
        await running.stop()
        cable.close()
      }
    })
  },
  ['postgres', 'mysql'],
)

function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}
