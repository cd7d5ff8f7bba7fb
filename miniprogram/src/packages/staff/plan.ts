import type { ActivityForm, ActivityState, FundCover } from '../../api/schema'

/** What a state of an activity is called. */
export const states: Record<ActivityState, { text: string; tone: string }> = {
  draft: { text: '草稿', tone: 'expired' }, published: { text: '已发布', tone: 'done' }, ended: { text: '待办结', tone: 'held' }, closed: { text: '已办结', tone: 'expired' }, cancelled: { text: '已取消', tone: 'expired' },
}

/** How well the fund covers what is promised; never in figures of a merchant. */
export const covers: Record<FundCover, string> = { ample: '充足', tight: '偏紧', short: '不足' }

/** An activity before anything is filled in. */
export const EMPTY: ActivityForm = {
  title: '', description: '', kind: 'gathering', category: 'eldersAndChildren', organiserKind: 'community', organiserId: null, organiserName: null, guidedBy: null, hostedBy: null, runBy: null, contactName: null, contactPhone: null,
  risks: null, insurance: null, isHoursOnly: false, budgetCoins: null, needsApproval: false, postId: null,
}
