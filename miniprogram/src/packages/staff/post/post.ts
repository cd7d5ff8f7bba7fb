import type { PostDeskDetail, RotaItem } from '../../../api/schema'
import { confirm } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { endOf, longDay, type Day } from '../../../domain/dates'
import { postKinds, weekdays } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { endRota, getPost, listRota, savePost } from '../../../services/house'
import { getMe } from '../../../services/people'

const line = (r: RotaItem, today: Day) => ({
  id: r.id, when: `${weekdays.find((w) => w.value === r.weekday)!.text} ${endOf(r.startsAt, 0)}–${endOf(r.startsAt, r.minutes)}`,
  note: [`${r.capacity} 人`, ...(r.from > today ? [`${longDay(r.from, today)}起`] : []), ...(r.to ? [`到${longDay(r.to, today)}为止`] : [])].join('，'), isEnding: Boolean(r.to),
})

/** A post: what is done there, who leads it, and its week. Its standing activity makes the shifts four weeks ahead. */
page({
  data: { post: null as PostDeskDetail | null, today: '', facts: [] as string[], lines: [] as ReturnType<typeof line>[], mayChange: false },
  async load(query) {
    const [{ today }, { roles }, post, rota] = await Promise.all([getCommunity(), getMe(), getPost(query['id']!), listRota(query['id']!)])
    const facts = [post.post.duties, post.leader ? `负责人：${post.leader.name}` : '还没有负责人', ...(post.team ? [`服务队：${post.team}`] : []), ...(post.building ? [`负责${post.building}`] : [])]
    return { post, today, facts, lines: rota.map((r) => line(r, today)), mayChange: roles.includes('staff') }
  },
  kinds: postKinds,
  edit() {
    go(`/packages/staff/duty/duty?id=${this.query['id']}`)
  },
  addLine() {
    go(`/packages/staff/rota/rota?post=${this.query['id']}`)
  },
  /** The standing activity, or a draft of one. */
  activity() {
    const { activityId } = this.data.post!
    go(activityId ? `/packages/staff/activity/activity?id=${activityId}` : `/packages/staff/edit/edit?post=${this.query['id']}`)
  },
  async endLine(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const one = this.data.lines.find((l) => l.id === event.currentTarget.dataset.id)!
    if (one.isEnding || !(await confirm('今天以后不排这个班？', `${one.when}，从明天起没人报名的时段取消，有人报名的保留。`, '不排了'))) return
    if (await this.act(() => endRota(one.id, this.data.today))) await this.reload()
  },
  async retire() {
    const { post, leader } = this.data.post!
    if (!post.isArchived && !(await confirm('停用这个岗位？', `居民不再看到${post.name}，也不再排新的班。以后可以恢复。`, '停用'))) return
    const { id, ...form } = post
    if (await this.act(() => savePost(id, { ...form, leaderId: leader?.memberId ?? null, isArchived: !post.isArchived }))) await this.reload()
  },
})
