import type { ConsentState, CorrectionState, DayOfWeek, DisputeState, EvidenceGrade, ImpactCategory, LineKind, MarketState, NoticeKind, PaymentState, PayoutState, PlaceKind, PostKind, RedemptionState, Relation, Rights, Role, SignupState, StallKind, StallState, StatementState, StationKind } from '../api/schema'

/** What a state of a signup is called, and its tag's colour. */
export const signupStates: Record<SignupState, { text: string; tone: Tone }> = {
  requested: { text: '等负责人同意', tone: 'held' },
  waitlisted: { text: '候补中', tone: 'held' },
  offered: { text: '有空位了，等您确认', tone: 'held' },
  confirmed: { text: '已报名', tone: 'done' },
  checkedIn: { text: '已签到', tone: 'done' },
  checkedOut: { text: '已签退', tone: 'done' },
  verified: { text: '已核实', tone: 'done' },
  recorded: { text: '已记录', tone: 'done' },
  cancelled: { text: '已取消', tone: 'expired' },
  cancelledLate: { text: '临时取消', tone: 'expired' },
  lapsed: { text: '空位过时了', tone: 'expired' },
  rejected: { text: '没有通过', tone: 'expired' },
  excused: { text: '已请假', tone: 'expired' },
  noShow: { text: '没来', tone: 'expired' },
}

/** States in which somebody still means to come. */
export const liveStates: readonly SignupState[] = ['requested', 'waitlisted', 'offered', 'confirmed', 'checkedIn']

/** Colours of state tags (app.wxss). */
export type Tone = 'held' | 'done' | 'returned' | 'expired' | 'error'

/** What a state of a redemption is called. */
export const redemptionStates: Record<RedemptionState, { text: string; tone: Tone }> = {
  held: { text: '留着', tone: 'held' },
  captured: { text: '已兑换', tone: 'done' },
  refused: { text: '没换成', tone: 'returned' },
  cancelled: { text: '已退回', tone: 'returned' },
  expired: { text: '过时退回', tone: 'returned' },
}

/** What a state of a question about a redemption is called. */
export const disputeStates: Record<DisputeState, { text: string; tone: Tone }> = {
  open: { text: '等社区答复', tone: 'held' },
  accepted: { text: '社区答复了', tone: 'done' },
  rejected: { text: '社区答复了', tone: 'expired' },
}

/** What a state of a correction request is called. */
export const correctionStates: Record<CorrectionState, { text: string; tone: Tone }> = {
  asked: { text: '等答复', tone: 'held' },
  corrected: { text: '已更正', tone: 'done' },
  refused: { text: '没有更正', tone: 'expired' },
  withdrawn: { text: '已撤回', tone: 'expired' },
}

/** Where a market stands. */
export const marketStates: Record<MarketState, { text: string; tone: Tone }> = {
  draft: { text: '草稿', tone: 'expired' },
  open: { text: '招摊中', tone: 'held' },
  closed: { text: '已收摊', tone: 'done' },
  settled: { text: '已结清', tone: 'done' },
  cancelled: { text: '已取消', tone: 'expired' },
}

/** What has become of an application for a stall. */
export const stallStates: Record<StallState, { text: string; tone: Tone }> = {
  applied: { text: '等社区审核', tone: 'held' },
  approved: { text: '通过了', tone: 'done' },
  refused: { text: '没有通过', tone: 'expired' },
  withdrawn: { text: '已撤回', tone: 'expired' },
}

/** Kinds of stalls. */
export const stallKinds: Record<StallKind, string> = { family: '家庭摊', service: '便民摊' }

/** How a service record came about. */
export const grades: Record<EvidenceGrade, string> = { a: '扫码', b: '负责人登记', c: '补录' }

/** What is missing of a child's consent. */
export const consentNotes: Record<ConsentState, string> = { valid: '', guardianNeeded: '等您同意', childNeeded: '等孩子同意', bothNeeded: '等您和孩子同意' }

/** Who somebody is to a child. */
export const relations: { value: Relation; text: string }[] = [{ value: 'mother', text: '妈妈' }, { value: 'father', text: '爸爸' }, { value: 'grandparent', text: '爷爷奶奶、外公外婆' }, { value: 'other', text: '其他监护人' }]

/** What a helper may do, in one line. */
export const rightsLine = (r: Rights): string => [r.maySignUp && '帮报名', r.mayCollect && '代取', r.getsNotices && '收通知'].filter(Boolean).join('、')

export const categories: Record<ImpactCategory, string> = {
  eldersAndChildren: '一老一小',
  newEmployment: '新就业群体',
  neighbourliness: '居民融合',
  governance: '小区治理',
  courtesy: '文明劝导',
  environment: '环保',
  safetyAndHealth: '安全健康',
  other: '其他',
}

export const roleNames: Record<Role, string> = {
  member: '居民',
  volunteer: '志愿者',
  leader: '负责人',
  socialWorker: '专业社工',
  staff: '社区工作人员',
  treasurer: '财务',
  auditor: '审计',
  merchantOwner: '商家合伙人',
  clerk: '店员',
  unitContact: '单位联系人',
}

/** What a state of a statement is called. */
export const statementStates: Record<StatementState, { text: string; tone: Tone }> = {
  draft: { text: '整理中', tone: 'held' },
  sent: { text: '等确认', tone: 'held' },
  disputed: { text: '有疑问', tone: 'held' },
  confirmed: { text: '已确认', tone: 'done' },
  resolved: { text: '疑问答复了', tone: 'done' },
  approved: { text: '已批准', tone: 'done' },
  inPayout: { text: '拨付中', tone: 'held' },
  paid: { text: '已拨付', tone: 'done' },
  closed: { text: '已结清', tone: 'done' },
}

/** What a state of a payout is called. */
export const payoutStates: Record<PayoutState, { text: string; tone: Tone }> = {
  prepared: { text: '等复核', tone: 'held' },
  approved: { text: '可以提交', tone: 'held' },
  submitted: { text: '等回单', tone: 'held' },
  closed: { text: '已结清', tone: 'done' },
  void: { text: '已作废', tone: 'expired' },
}

/** What became of one merchant's part of a payout. */
export const paymentStates: Record<PaymentState, { text: string; tone: Tone }> = {
  waiting: { text: '等回单', tone: 'held' },
  paid: { text: '已拨付', tone: 'done' },
  failed: { text: '退回了', tone: 'returned' },
  dropped: { text: '没有拨付', tone: 'expired' },
}

/** What a line of a statement is. */
export const lineKinds: Record<LineKind, string> = { capture: '兑换', refund: '退回', correction: '更正', debt: '上月结转', overCap: '超过每月上限' }

/** The levels of the place tree. */
export const placeKinds: Record<PlaceKind, string> = { grid: '网格', estate: '小区', building: '楼栋' }

/** Kinds of stations. */
export const stationKinds: Record<StationKind, string> = { volunteering: '志愿服务站', civilizationPractice: '新时代文明实践站' }

/** Kinds of posts. */
export const postKinds: Record<PostKind, string> = { ordinary: '志愿服务岗', demonstration: '示范服务岗' }

/** Days of the week, as a week begins here. */
export const weekdays: { value: DayOfWeek; text: string }[] = [
  { value: 'monday', text: '周一' }, { value: 'tuesday', text: '周二' }, { value: 'wednesday', text: '周三' }, { value: 'thursday', text: '周四' }, { value: 'friday', text: '周五' }, { value: 'saturday', text: '周六' }, { value: 'sunday', text: '周日' },
]

/** What a message is about. */
export const noticeKinds: Record<NoticeKind, string> = {
  signupConfirmed: '报名成功',
  signupWaitlisted: '已排上候补',
  placeOffered: '有空位了，等您确认',
  shiftReminder: '明天的时段',
  shiftChanged: '时间或地点有变',
  shiftCancelled: '时段取消',
  checkedIn: '签到成功',
  recordWritten: '记录写好，凤凰币到了',
  noShowNoted: '记为没来',
  correctionAnswered: '更正或申诉的答复',
  needProgress: '求助有进展',
  needWaiting: '有求助要办理（发给工作人员）',
  needGiven: '时段里要帮一位邻居（发给志愿者）',
  needDropped: '时段里有邻居不用帮了（发给志愿者）',
  needThanked: '邻居说谢谢',
  certificateReady: '服务证明开好了',
  coinsGranted: '表扬发放',
  coinsExpiring: '凤凰币快到期',
  coinsReturned: '凤凰币退回',
  coinsReversed: '发错更正',
  redemptionHeld: '给您留好了',
  redemptionDone: '换好了',
  redemptionRefused: '商家给不了',
  redemptionExpired: '留的时间过了',
  redemptionRefunded: '商家退回',
  redemptionToConfirm: '请在手机上确认兑换',
  cardUsed: '家人的卡用过（发给家人）',
  familyAsked: '请求成为家人',
  familyChanged: '家人、家长关系有变化',
  guardianConsentAsked: '请家长同意',
  tillOrder: '有人等着取（发给店员）',
  statementReady: '对账单好了，请确认',
  statementReminder: '对账单还没确认',
  disputeAnswered: '疑问的答复',
  payoutMade: '本月已拨付',
  approvalWaiting: '有事等复核',
  approvalAnswered: '经办的事有结果',
  roleGiven: '新身份',
  roleWithdrawn: '身份撤回',
  contentRefused: '内容没通过检查',
  weeklyDigest: '每周待办',
  signupRejected: '报名没通过',
  signupDropped: '有人临时取消（发给负责人）',
  checkOutForgotten: '忘记签退',
  checkOutsOpen: '有人没签退（发给负责人）',
  shiftToVerify: '时段结束，请核时长（发给负责人）',
  recordsDue: '服务记录快到期限（发给工作人员和负责人）',
  stallAnswered: '摊位申请有结果',
  stallThanked: '集市结清，谢谢摊位',
  marketCancelled: '集市取消',
  equipmentLent: '借了器材',
  equipmentDue: '借的器材快到归还日',
  equipmentOverdue: '借的器材该还了',
  equipmentReturned: '借的器材还好了',
}
