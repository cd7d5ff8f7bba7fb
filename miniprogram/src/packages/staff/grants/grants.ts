import type { ListGrantsItem } from '../../../api/schema'
import { Problem } from '../../../api/problem'
import { confirm } from '../../../components/ask'
import { go, page } from '../../../components/page'
import { moment } from '../../../domain/dates'
import { listGrants, proposeGrantSheet } from '../../../services/books'
import { getCommunity } from '../../../services/community'

const view = (g: ListGrantsItem, today: string) => ({
  id: g.id, title: g.parts.length === 1 ? `${g.parts[0]!.name} ${g.coins} 枚` : `${g.parts.length} 人，共 ${g.coins} 枚`, reason: g.parts[0]?.reason ?? '', when: moment(g.givenAt ?? g.createdAt, today), isGiven: g.givenAt !== null,
})

/** 表扬发放: one by one or by table; a table is tried first and says what is wrong. Another approves. */
page({
  data: { items: [] as ReturnType<typeof view>[], next: '', bad: [] as string[], said: '' },
  async load() {
    const [{ today }, found] = await Promise.all([getCommunity(), listGrants()])
    return { items: found.items.map((g) => view(g, today)), next: found.next ?? '' }
  },
  add: () => go('/packages/staff/grant/grant'),
  async sheet() {
    let file: string
    try {
      file = (await wx.chooseMessageFile({ count: 1, type: 'file', extension: ['xlsx'] })).tempFiles[0]!.path
    } catch {
      return
    }
    this.setData({ bad: [], said: '' })
    await this.act(async () => {
      const tried = await proposeGrantSheet(file, true)
      if (tried.bad.length > 0) {
        this.setData({ bad: tried.bad.map((b) => `第 ${b.row} 行：${b.why}`) })
        throw new Problem('sheet.bad', '表格里有几行不对，一枚都没有发。改好再导入。', 409)
      }
      if (!(await confirm('提交表扬？', `${tried.members} 人，共 ${tried.coins} 枚，另一位同事复核后到账本上。`, '提交'))) return
      await proposeGrantSheet(file, false)
      this.setData({ said: '提交了，等另一位同事复核。' })
    })
    await this.reload()
  },
})
