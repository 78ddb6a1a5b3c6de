import type { BenchRequest, Work } from '../works.ts'
import type { SeededBlog } from './seed-blog.ts'

const offsets = [0, 20, 40, 60]

/** What readers and one who comments do; logging in is left out, since hashing a password is most of it. */
export function blogWorks({ token, postIds }: SeededBlog): readonly Work[] {
  const read = (path: string): BenchRequest => ({ method: 'GET', path: `/v1/posts${path}`, token })
  const list = (asked: string): readonly BenchRequest[] =>
    offsets.map((offset) => read(`?${asked}limit=20&offset=${offset}`))
  return [
    { title: 'get a post', requests: postIds.map((id) => read(`/${id}`)) },
    { title: 'list of 20 posts', requests: list('') },
    { title: '… with author and tags', requests: list('include=author,postTags.tag&') },
    { title: 'search', requests: [read('?q=terraces&limit=20&offset=0')] },
    {
      title: 'comment a post',
      requests: postIds.slice(0, 20).map((id, at) => ({
        method: 'POST',
        path: `/v1/posts/${id}/comments`,
        token,
        body: { body: `Well said, ${at}.` },
      })),
    },
  ]
}
