/** Asks in one sentence what will happen; whether the person means it. */
export async function confirm(title: string, content: string, confirmText: string, cancelText = '再想想'): Promise<boolean> {
  return (await wx.showModal({ title, content, confirmText, cancelText })).confirm
}

/** Asks for a sentence, such as a reason; undefined when it was left. */
export async function askText(title: string, placeholderText: string, confirmText = '确定'): Promise<string | undefined> {
  const { confirm, content } = await wx.showModal({ title, editable: true, placeholderText, confirmText, cancelText: '取消' })
  return confirm ? (content ?? '').trim() : undefined
}

/** Lets one line be chosen; its number, undefined when it was left. */
export async function choose(lines: string[]): Promise<number | undefined> {
  try {
    return (await wx.showActionSheet({ itemList: lines })).tapIndex
  } catch {
    return undefined
  }
}
