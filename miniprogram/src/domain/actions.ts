// Entries of the audit log in words. An action is "thing.deed"; what isn't known here is shown as it stands.

const things: Record<string, string> = {
  account: '账号', activity: '活动', agreement: '商家协议', approval: '复核', attendance: '签到', birth_date: '出生日期', card: '老人卡', certificates: '证明', child: '孩子', coin_rule: '积分办法', coins: '凤凰币', content: '内容',
  data: '个人资料', deputy: '代理', details: '志愿者信息', document: '规则文件', elder: '老人', family: '家人', field: '个人信息', guardian: '家长', hand_over: '离任交接', member: '居民', merchant: '商家', messages: '消息', minor: '未成年人', need: '求助',
  offer: '兑换项目', partnership: '共建协议', phone: '手机号', record: '服务记录', records: '服务记录', redemption: '兑换', role: '身份', setup: '设置码', shift: '时段', signup: '报名', summary: '活动小结', unit: '单位', volunteer_entry: '培训表彰',
}

const deeds: Record<string, string> = {
  accepted: '受理', active: '启用', added: '添加', approved: '通过', arranged: '安排', bound: '绑定微信', budget_raised: '加预算', cancelled: '取消', changed: '修改', clerk_ended: '店员离开', clerk_idle: '店员很久没用', clerk_joined: '店员加入', closed: '停用', code_made: '生成码',
  confirmed: '核实', consent_given: '同意', consent_withdrawn: '撤回同意', consent_witnessed: '见证同意', contact_named: '指定联系人', contact_removed: '取消联系人', corrected: '更正', declined: '没能受理', dispute_answered: '答复疑问', done: '办好', ended: '结束', entered: '登记',
  expired: '过期', exported: '导出', flag_reviewed: '看过提示', given: '填写', granted: '给予', hours_hidden: '不给单位看时长', hours_set: '改时间', hours_shared: '给单位看时长', issued: '发出', joined: '加入', left: '退出', left_out: '不计时长', limit_lifted: '恢复报名',
  limited: '暂停报名', linked: '结为家人', linked_by_staff: '代为设家人', looked_at: '查看', looked_up: '查卡号', minutes_changed: '改时长', named: '指定', numbered: '编号', owner_added: '加负责人', owner_ended: '负责人离开', passed: '通过', paused: '暂停',
  payee_confirmed: '收款账户生效', payee_revealed: '查看收款账户', payee_set: '改收款账户', printed: '打印', proposed: '提交', published: '发布', raised: '提出', referred: '转介', refused: '退回', reopened: '重新核', requeued: '重发', rest_ended: '恢复营业', rests: '休息', resumed: '恢复', revealed: '查看完整信息',
  revoked: '停用', searched: '查找', second_verified: '复核补录', set: '设置', set_up: '设置', signed: '生效', signed_out: '退出设备', template_chosen: '选模板', verified: '核时长', voided: '作废', withdrawn: '撤回', witnessed: '见证', written: '填写',
}

/** What isn't said well by its two halves. */
const wholes: Record<string, string> = {
  'market.open': '集市：开放申请', 'market.closed': '集市：收摊', 'market.cancelled': '集市：取消', 'market.settled': '集市：结清', 'market.added': '集市：新建', 'market.changed': '集市：修改', 'stall.applied': '摊位：申请', 'stall.approved': '摊位：通过',
  'stall.refused': '摊位：不通过', 'stall.withdrawn': '摊位：撤回', 'stall.takings': '摊位：报收入', 'stalls.exported': '摊位：导出', 'fund.exported': '基金账本：导出', 'spot_check.drawn': '抽查：抽了 10 笔',
  'equipment.added': '器材：登记', 'equipment.changed': '器材：修改', 'equipment.lent': '器材：借出', 'equipment.extended': '器材：续借', 'equipment.returned': '器材：归还', 'equipment.broken': '器材：送修', 'equipment.repaired': '器材：修好', 'equipment.retired': '器材：停用',
  'equipment.exported': '器材借还：导出',
}

/** "商家：登记" of "merchant.entered". */
export function actionName(action: string): string {
  const [thing = '', deed = ''] = action.split('.')
  if (wholes[action]) return wholes[action]
  return things[thing] && deeds[deed] ? `${things[thing]}：${deeds[deed]}` : action
}
