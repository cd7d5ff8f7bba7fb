/** Spoken at the counter, over the noise of a canteen. */
export type Spoken = 'done' | 'done1' | 'done2' | 'done3' | 'refused' | 'slow' | 'undone'

let audio: WechatMiniprogram.InnerAudioContext | undefined

/** Says it; a phone that is muted stays still, and nothing waits for it. */
export function say(what: Spoken) {
  audio ??= wx.createInnerAudioContext()
  audio.src = `/packages/merchant/sounds/${what}.wav`
  audio.play()
}

/** What is said for so many portions. */
export const doneOf = (quantity: number): Spoken => (quantity === 1 ? 'done1' : quantity === 2 ? 'done2' : quantity === 3 ? 'done3' : 'done')
