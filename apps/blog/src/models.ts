import { graph } from 'terrace/model'
import { Author } from './author/author.model.ts'
import { Comment } from './comment/comment.model.ts'
import { Draft } from './draft/draft.model.ts'
import { Post } from './post/post.model.ts'
import { LinkPreview } from './preview/preview.model.ts'
import { PostTag, Tag } from './tag/tag.model.ts'
import { RefreshToken, User } from './user/user.model.ts'

/** The graph: its keys are the models' names. */
export const models = graph({ User, RefreshToken, Author, Draft, Post, Comment, Tag, PostTag, LinkPreview })
