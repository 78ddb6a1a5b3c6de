import type { TestClient } from 'terrace/testing'

/** Calls a running server as a test client calls an app. */
export function overSockets(base: string): Pick<TestClient, 'request'> {
  return {
    async request(method, url, { headers = {}, body } = {}) {
      const sent = typeof body === 'string' ? body : JSON.stringify(body)
      const json = { 'content-type': 'application/json', ...headers }
      const options = body === undefined ? { method, headers } : { method, headers: json, body: sent }
      const response = await fetch(`${base}${url}`, options)
      const text = await response.text()
      const answer = text === '' ? undefined : (JSON.parse(text) as unknown)
      return { status: response.status, headers: Object.fromEntries(response.headers), text, json: answer }
    },
  }
}
