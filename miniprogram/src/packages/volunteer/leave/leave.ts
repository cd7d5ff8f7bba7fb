import { Problem } from '../../../api/problem'
import { page } from '../../../components/page'
import { getCoins } from '../../../services/coins'
import { closeAccount, leaveCommunity, listOpen, WORDS } from '../../../services/privacy'

type What = keyof typeof WORDS

const consequences = (what: What, coins: number) =>
  what === 'community'
    ? [
        '不再能在这个社区报名、签到、兑换，以后可以再加入。',
        coins > 0 ? `${coins} 枚凤凰币不能再换，可以先换掉或送爱心池。` : '您现在没有凤凰币。',
        '服务时长和记录还在，再加入时接着算。',
      ]
    : [
        '称呼、手机号、姓名、证件号会删除，不能恢复。',
        coins > 0 ? `${coins} 枚凤凰币不能再换，可以先换掉或送爱心池。` : '您现在没有凤凰币。',
        '服务记录不再显示您的名字；要用证明，请先开好保存。',
        '同一个微信再来，是一个新的人。',
      ]

/** 退出社区 or 注销账号 (?what): what it means, what must be done first, a word typed by hand. */
page({
  isOnce: true,
  data: { what: 'community' as What, word: '', typed: '', says: [] as string[], open: [] as string[], hasCoins: false, done: '' },
  async load(query) {
    const what: What = query['what'] === 'account' ? 'account' : 'community'
    const [coins, open] = await Promise.all([getCoins().catch(() => undefined), what === 'account' ? listOpen() : []])
    const have = Number(coins?.available ?? 0)
    return { what, word: WORDS[what], says: consequences(what, have), open: [...open], hasCoins: have > 0 }
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ typed: event.detail.value, refusal: '' })
  },
  async go() {
    const { what, word, typed } = this.data
    if (typed.trim() !== word) {
      this.setData({ refusal: `请在上面填“${word}”四个字。` })
      return
    }
    await this.act(async () => {
      try {
        if (what === 'account') await closeAccount(word)
        else await leaveCommunity(word)
        this.setData({ done: what === 'account' ? '账号注销了。谢谢您做过的一切。' : '您退出社区了。随时欢迎回来。' })
      } catch (error) {
        const open = Problem.of(error).errors['$.open']
        if (!open) throw error
        this.setData({ open })
      }
    })
  },
  finish: () => void wx.reLaunch({ url: '/pages/welcome/welcome' }),
})
