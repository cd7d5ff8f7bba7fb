import type { RecordItem } from '../../../api/schema'
import { page } from '../../../components/page'
import { hours } from '../../../domain/amounts'
import { dayOf, longDay, span, type Day } from '../../../domain/dates'
import { correctionStates, grades } from '../../../domain/words'
import { getCommunity } from '../../../services/community'
import { getRecord, listCorrections, listThanks } from '../../../services/records'

const facts = (r: RecordItem, today: Day) => [
  { name: '日期', value: `${longDay(r.day, today)} ${span(r.startAt, r.endAt)}` },
  { name: '地点', value: r.place },
  { name: '内容', value: r.content },
  { name: '组织单位', value: r.organiser },
  { name: '负责人', value: r.personInCharge },
  ...(r.unitName ? [{ name: '所在单位', value: r.unitName }] : []),
  { name: '凤凰币', value: r.hoursOnly ? '只记时长' : `${r.coins} 枚` },
  { name: '怎么记的', value: grades[r.grade] },
  ...(r.inProvince ? [{ name: '省系统', value: r.provinceNumber ? `已录入，编号 ${r.provinceNumber}` : '已录入' }] : []),
]

const before = (r: RecordItem, today: Day) => ({
  id: r.versionId,
  text: `原来记的是 ${hours(r.minutes)} 小时，${r.ending === 'voided' ? '作废了' : '更正了'}${r.endReason ? `：${r.endReason}` : ''}`,
  at: longDay(dayOf(r.writtenAt), today),
})

/** One service record: everything that it holds, what was said about it, and how to have it put right. */
page({
  data: {
    id: '', hours: '0', activity: '', who: '', facts: [] as { name: string; value: string }[], earlier: [] as ReturnType<typeof before>[], thanks: [] as string[],
    corrections: [] as { id: string; text: string; state: string; tone: string }[], isVoided: false, canAsk: false,
  },
  async load(query) {
    const id = query['id']!
    const [{ today }, { current, earlier }, thanks, corrections] = await Promise.all([getCommunity(), getRecord(id), listThanks(id), listCorrections()])
    const own = corrections.items.filter((c) => c.recordId === id)
    return {
      id,
      hours: hours(current.minutes),
      activity: current.activityName,
      who: current.memberName ?? '',
      facts: facts(current, today),
      earlier: earlier.map((r) => before(r, today)),
      thanks,
      isVoided: current.ending === 'voided',
      corrections: own.map((c) => ({ id: c.id, text: c.text, state: correctionStates[c.state].text, tone: correctionStates[c.state].tone })),
      canAsk: !own.some((c) => c.state === 'asked'),
    }
  },
})
