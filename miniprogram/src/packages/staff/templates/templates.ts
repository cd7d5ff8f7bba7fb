import type { ManageCatalogueItem, ManageCatalogueResponse, NoticeKind } from '../../../api/schema'
import { askText, choose } from '../../../components/ask'
import { page } from '../../../components/page'
import { noticeKinds } from '../../../domain/words'
import { checkTemplates, chooseTemplate, getCatalogue } from '../../../services/books'

const view = (k: ManageCatalogueItem) => ({
  kind: k.kind, name: noticeKinds[k.kind], state: k.templateId ? { text: k.isChosen ? '选定了' : '能发', tone: 'done' } : { text: '只在消息里', tone: 'held' },
  title: k.title!, notes: k.fault ? [k.fault, `要有${k.keywords.join('、')}。`] : [`模板“${k.title}”`],
})

/** Kinds that are meant for WeChat: first those that have no template now. */
const shown = (found: ManageCatalogueResponse) => ({
  kinds: found.kinds.filter((k) => k.title !== null).map(view).sort((a, b) => Number(a.state.tone === 'done') - Number(b.state.tone === 'done')),
  inboxOnly: found.kinds.filter((k) => k.title === null).map((k) => noticeKinds[k.kind]).join('、'), templates: found.templates,
})

/** 消息和模板: which message goes through which WeChat template, found by its title or chosen by staff; what doesn't fit is told. */
page({
  data: { kinds: [] as ReturnType<typeof view>[], inboxOnly: '', templates: [] as ManageCatalogueResponse['templates'], said: '' },
  load: async () => shown(await getCatalogue()),
  async more(event: WechatMiniprogram.BaseEvent<object, { kind: NoticeKind }>) {
    const one = this.data.kinds.find((k) => k.kind === event.currentTarget.dataset.kind)!
    // What has the right title comes first: the sheet is short.
    const templates = [...this.data.templates].sort((a, b) => Number(b.title === one.title) - Number(a.title === one.title))
    const index = await choose(['按标题自动找', ...templates.map((t) => `用“${t.title}”`)])
    const reason = index === undefined ? undefined : await askText(`“${one.name}”换模板的原因`, '比如：模板重新申请了')
    if (!reason) return
    await this.act(async () => this.setData({ ...shown(await chooseTemplate(one.kind, index === 0 ? null : templates[index! - 1]!.templateId, reason)), said: '换好了。' }))
  },
  async check() {
    await this.act(async () => this.setData({ ...shown(await checkTemplates()), said: '刚刚按微信公众平台的模板核对过。' }))
  },
})
