// Phones side by side, each its own person of the WeChat simulator.
const phones = document.getElementById('phones')
const who = document.getElementById('who')

/** Codes that the other phones show now; asked by a phone that scans. */
window.phoenixCodes = (asking) =>
  [...phones.querySelectorAll('iframe')].filter((f) => f.dataset.frame !== asking).flatMap((f) => (f.contentWindow.phoenixPhone?.codes() ?? []).map((text) => ({ name: f.dataset.name, text })))

const button = (text, act) => Object.assign(document.createElement('button'), { textContent: text, onclick: act })

function open(user) {
  const frame = Object.assign(document.createElement('iframe'), { title: `${user.name}的手机` })
  const address = (font) => `phone.html?${new URLSearchParams({ user: user.openId, frame: user.openId, ...(font && { font }) })}`
  Object.assign(frame.dataset, { frame: user.openId, name: user.name })
  frame.src = address()
  let [isLarge, isOnline] = [false, true]
  const section = document.createElement('section')
  const title = document.createElement('h2')
  const offline = button('断网', () => {
    isOnline = !isOnline
    frame.contentWindow.phoenixPhone.goOnline(isOnline)
    offline.textContent = isOnline ? '断网' : '联网'
  })
  title.append(
    Object.assign(document.createElement('span'), { textContent: user.name }),
    button('大字', () => {
      isLarge = !isLarge
      frame.src = address(isLarge ? '23' : undefined)
    }),
    button('小屏', () => frame.classList.toggle('small')),
    offline,
    button('关闭', () => section.remove()),
  )
  section.append(title, frame)
  phones.append(section)
}

const users = await (await fetch('/simulator/client/users')).json()
who.replaceChildren(...users.map((u) => new Option(u.name, u.openId)))
document.getElementById('add').onsubmit = (e) => {
  e.preventDefault()
  open(users.find((u) => u.openId === who.value))
}
// The demo's clock: a shift is over at a tap, a month at another. It never goes back; what is due then happens at once.
const HOUR = 3600
const steps = {
  hour: () => HOUR,
  day: () => 24 * HOUR,
  month: async () => {
    const now = new Date((await (await fetch('/api/v1/communities/1')).json()).now).getTime() / 1000
    const here = new Date((now + 8 * HOUR) * 1000)
    return Math.ceil(Date.UTC(here.getUTCFullYear(), here.getUTCMonth() + 1, 1, 9 - 8) / 1000 - now)
  },
}
const post = (path, body) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
document.getElementById('walk').onclick = async () => {
  const answer = await post('/simulator/clock', { seconds: await steps[document.getElementById('step').value]() })
  if (answer.ok) await post('/simulator/jobs')
  const { aheadSeconds } = answer.ok ? await answer.json() : {}
  document.getElementById('ahead').textContent = aheadSeconds === undefined ? '不能再往后了' : `比现在晚 ${Math.round(aheadSeconds / HOUR)} 小时`
}
open(users[0])
