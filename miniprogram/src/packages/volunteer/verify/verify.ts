import type { VerifyCertificateLine } from '../../../api/schema'
import { page } from '../../../components/page'
import { hours } from '../../../domain/amounts'
import { longDay } from '../../../domain/dates'
import { verifyCertificate } from '../../../services/records'

const line = (l: VerifyCertificateLine, index: number) => ({ key: index, activity: l.activityName, when: longDay(l.day, ''), organiser: l.organiser, hours: hours(l.minutes) })

/** 核验证明: what anybody sees who has its number. */
page({
  data: { number: '', isValid: false, words: '', holder: '', hours: '0', facts: [] as { name: string; value: string }[], lines: [] as ReturnType<typeof line>[] },
  async load(query) {
    const c = await verifyCertificate(query['number']!)
    return {
      number: c.number,
      isValid: c.isValid,
      words: c.words,
      holder: c.holder,
      hours: hours(c.minutes),
      facts: [
        { name: '时间', value: `${longDay(c.from, '')}至${longDay(c.to, '')}` },
        { name: '次数', value: `${c.records} 次` },
        { name: '出具单位', value: c.issuer },
        { name: '出具日期', value: longDay(c.issuedOn, '') },
        { name: '编号', value: c.number },
      ],
      lines: (c.lines ?? []).map(line),
    }
  },
})
