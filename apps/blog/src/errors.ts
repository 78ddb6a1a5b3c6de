import { defineErrors } from 'terrace/errors'

/** What the Blog refuses beyond the rules of its models. */
export const errors = defineErrors({
  COMMENTS_CLOSED: {
    kind: 'permission',
    en: 'This post takes no comments any more',
    zh: '该文章已关闭评论',
    remedy: 'Its author opens them again by areCommentsOpen',
    remedyZh: '其作者可通过 areCommentsOpen 重新开放评论',
    values: {},
  },
  POST_PUBLISHED: {
    kind: 'conflict',
    en: 'This draft is published',
    zh: '该草稿已发布',
    remedy: 'Change the post of the same id, or unpublish it first',
    remedyZh: '请修改相同 id 的文章，或先撤回发布',
    values: {},
  },
  LAST_ADMIN: {
    kind: 'conflict',
    en: 'The last admin stays one',
    zh: '必须保留至少一名管理员',
    remedy: 'Make somebody else an admin first',
    remedyZh: '请先将其他用户设为管理员',
    values: {},
  },
})
