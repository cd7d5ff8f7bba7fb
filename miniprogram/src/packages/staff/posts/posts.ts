import { postKinds } from '../../../domain/words'
import { listPosts } from '../../../services/house'
import { listing } from '../listing'

/** 志愿服务岗: what is done week after week at one place. */
listing('/packages/staff/post/post', '/packages/staff/duty/duty', listPosts, (p) => ({ id: p.id, title: p.name, note: `${postKinds[p.kind]}，${p.duties}`, isOff: p.isArchived }))
