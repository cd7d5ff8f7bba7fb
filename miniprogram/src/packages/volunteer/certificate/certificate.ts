import { Problem } from '../../../api/problem'
import { go, page } from '../../../components/page'
import { longDay } from '../../../domain/dates'
import { getCommunity } from '../../../services/community'
import { getMembership, listChildren } from '../../../services/people'
import { issueCertificate } from '../../../services/records'

/** 开证明: for whom, which time, what others see. Free, at once. */
page({
  data: {
    today: '', from: '', to: '', fromText: '', toText: '',
    people: [] as { id: string; name: string; isChild: boolean }[], who: '', isChild: false,
    isTerm: false, school: '', showName: true, showLines: true,
  },
  async load() {
    const [{ today }, membership, children] = await Promise.all([getCommunity(), getMembership(), listChildren()])
    const from = `${today.slice(0, 4)}-01-01`
    return {
      today,
      from,
      to: today,
      fromText: longDay(from, ''),
      toText: longDay(today, ''),
      people: [{ id: membership.memberId, name: '我', isChild: false }, ...children.map((c) => ({ id: c.memberId, name: c.name, isChild: true }))],
      who: membership.memberId,
      isChild: false,
    }
  },
  choose(event: WechatMiniprogram.BaseEvent<object, { id: string }>) {
    const person = this.data.people.find((p) => p.id === event.currentTarget.dataset.id)!
    this.setData({ who: person.id, isChild: person.isChild, isTerm: person.isChild, refusal: '' })
  },
  day(event: WechatMiniprogram.CustomEvent<{ value: string }, object, { which: 'from' | 'to' }>) {
    const { which } = event.currentTarget.dataset
    this.setData({ [which]: event.detail.value, [`${which}Text`]: longDay(event.detail.value, ''), refusal: '' })
  },
  flip(event: WechatMiniprogram.BaseEvent<object, { which: 'isTerm' | 'showName' | 'showLines' }>) {
    const { which } = event.currentTarget.dataset
    this.setData({ [which]: !this.data[which] })
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ school: event.detail.value })
  },
  async issue() {
    const { who, isChild, from, to, isTerm, school, showName, showLines } = this.data
    await this.act(async () => {
      try {
        const made = await issueCertificate({ from, to, kind: isTerm ? 'schoolTerm' : 'standard', recordIds: null, showName, showLines, memberId: isChild ? who : null, school: isTerm ? school.trim() || null : null })
        void wx.redirectTo({ url: `/packages/volunteer/certificates/certificates?new=${made.number}` })
      } catch (error) {
        // Asked for once, before the first certificate: name and number of the document.
        if (Problem.of(error).code === 'details.needed') go(`/packages/volunteer/details/details${isChild ? `?child=${who}` : ''}`)
        else throw error
      }
    })
  },
})
