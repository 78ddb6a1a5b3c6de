import { basePath } from './answer-parts.ts'
import type { Seeded } from './seed.ts'

export interface BenchRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly token: string
  readonly body?: Readonly<Record<string, unknown>>
}

/** One kind of request, sent over and over; each of `requests` in its turn. */
export interface Work {
  readonly title: string
  readonly requests: readonly BenchRequest[]
}

const bodies = 50

export function worksOn({ reader, writer }: Seeded): readonly Work[] {
  const read = (path: string): BenchRequest => ({ method: 'GET', path: `${basePath}${path}`, token: reader.token })
  const write = (rest: Omit<BenchRequest, 'token'>): BenchRequest => ({ ...rest, token: writer.token })
  return [
    { title: 'get', requests: reader.productIds.map((id) => read(`/${id}`)) },
    { title: 'list of 20', requests: [0, 20, 40, 60].map((offset) => read(`?limit=20&offset=${offset}`)) },
    {
      title: 'list of 20 with portions',
      requests: [0, 20, 40, 60].map((offset) => read(`?include=portions&limit=20&offset=${offset}`)),
    },
    {
      title: 'create',
      requests: Array.from({ length: bodies }, (_, at) =>
        write({ method: 'POST', path: basePath, body: { name: `created ${at}`, kcal100g: at } }),
      ),
    },
    {
      title: 'patch',
      requests: writer.productIds.map((id, at) =>
        write({ method: 'PATCH', path: `${basePath}/${id}`, body: { kcal100g: at } }),
      ),
    },
  ]
}
