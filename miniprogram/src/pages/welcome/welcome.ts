import { Problem } from '../../api/problem'
import { go, page } from '../../components/page'
import { getCommunity, listDocuments } from '../../services/community'
import { join } from '../../services/people'

/** One screen between WeChat and the neighbourhood: a name, the rules, one consent. */
page({
  data: { community: '', documents: [] as { id: string; title: string }[], name: '', agreed: false },
  async load() {
    const [community, documents] = await Promise.all([getCommunity(), listDocuments()])
    return { community: community.name, documents: documents.filter((d) => d.mustAccept).map(({ id, title }) => ({ id, title })) }
  },
  typeName(event: WechatMiniprogram.Input) {
    this.setData({ name: event.detail.value })
  },
  agree() {
    this.setData({ agreed: !this.data.agreed })
  },
  async join() {
    const { name, agreed, documents } = this.data
    if (!name.trim() || !agreed) {
      this.setData({ refusal: name.trim() ? '请先看一看，再勾选“同意以上内容”。' : '请填写邻居怎么叫您。' })
      return
    }
    await this.act(async () => {
      await join(name.trim(), documents.map((d) => d.id)).catch((error) => {
        if (Problem.of(error).code !== 'membership.already') throw error
      })
      go(decodeURIComponent(this.query['to'] ?? '') || '/pages/home/home')
    })
  },
})
