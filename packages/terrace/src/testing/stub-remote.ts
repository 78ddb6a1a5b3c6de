import { answeredCalls } from '../remote/index.ts'
import type { Operations, RemoteDaoClass, StubAnswers } from '../remote/index.ts'

/**
 * A DAO over a remote source whose answers are given here, checked on both sides as its own would be: a stub that a source could never
 * answer fails as `REMOTE_MISMATCH`.
 *
 * ```ts
 * const fake = stubRemote(RateDao, { latest: ({ params }) => ({ base: params.base, rate: '1.07' }) })
 * const client = await testClient(app, { override: [override(rateDao, () => fake)] })
 * ```
 *
 * An answer null is a 404 where the operation takes one; one that throws fails with what it throws; an operation without an answer is
 * `REMOTE_UNAVAILABLE`.
 */
export function stubRemote<T, O extends Operations>(Dao: RemoteDaoClass<T, O>, answers: StubAnswers<O>): T {
  return new Dao(answeredCalls(Dao.source, answers))
}
