import { Problem } from '../../api/problem'
import { go, page } from '../../components/page'
import { longDay } from '../../domain/dates'
import { getCommunity, listDocuments } from '../../services/community'
import { join } from '../../services/people'

/** One screen between WeChat and the neighbourhood: a name, the rules, one consent. */
page({
  data: { community: '', documents: [] as { id: string; title: string }[], name: '', agreed: false, isTeen: false, birth: '', birthText: '', today: '' },
  async load() {
    const [community, documents] = await Promise.all([getCommunity(), listDocuments()])
    return { today: community.today, community: community.name, documents: documents.filter((d) => d.mustAccept).map(({ id, title }) => ({ id, title })) }
  },
  typeName(event: WechatMiniprogram.Input) {
    this.setData({ name: event.detail.value })
  },
  agree() {
    this.setData({ agreed: !this.data.agreed })
  },
  teen() {
    this.setData({ isTeen: !this.data.isTeen, refusal: '' })
  },
  chooseBirth(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ birth: event.detail.value, birthText: longDay(event.detail.value, ''), refusal: '' })
  },
  async join() {
    const { name, agreed, documents, isTeen, birth } = this.data
    const missing = !name.trim() ? '请填写邻居怎么叫您。' : isTeen && !birth ? '请选择出生日期。' : !agreed ? '请先看一看，再勾选“同意以上内容”。' : ''
    if (missing) {
      this.setData({ refusal: missing })
      return
    }
    await this.act(async () => {
      await join(name.trim(), documents.map((d) => d.id), isTeen ? birth : null).catch((error) => {
        if (Problem.of(error).code !== 'membership.already') throw error
      })
      // A minor's guardian comes first.
      if (isTeen) void wx.reLaunch({ url: '/packages/volunteer/family/family' })
      else go(decodeURIComponent(this.query['to'] ?? '') || '/pages/home/home')
    })
  },
})
