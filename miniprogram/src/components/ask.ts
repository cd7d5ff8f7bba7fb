/** Asks in one sentence what will happen; whether the person means it. */
export async function confirm(title: string, content: string, confirmText: string, cancelText = '再想想'): Promise<boolean> {
  return (await wx.showModal({ title, content, confirmText, cancelText })).confirm
}

/** Asks for a sentence, such as a reason; undefined when it was left. */
export async function askText(title: string, placeholderText: string, confirmText = '确定'): Promise<string | undefined> {
  const { confirm, content } = await wx.showModal({ title, editable: true, placeholderText, confirmText, cancelText: '取消' })
  return confirm ? (content ?? '').trim() : undefined
}

/** Lines that WeChat's sheet takes at most. */
const MOST = 6

/** Lets one line be chosen, however many there are; its number, undefined when it was left. */
export async function choose(lines: string[], from = 0): Promise<number | undefined> {
  const rest = lines.slice(from)
  const isLong = rest.length > MOST
  try {
    const { tapIndex } = await wx.showActionSheet({ itemList: isLong ? [...rest.slice(0, MOST - 1), '更多'] : rest })
    return isLong && tapIndex === MOST - 1 ? choose(lines, from + MOST - 1) : from + tapIndex
  } catch {
    return undefined
  }
}
