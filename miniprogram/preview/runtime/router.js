// The page stack, the native bar and tab bar, and how a page lives.

/** Pages may stand so deep in WeChat. */
const MAX_DEPTH = 10

/**
 * @param {object} made What boot.js made: the program's settings, its component environment and the phone.
 */
export function createRouter({ app, components, backend, space, phone }) {
  const json = Object.fromEntries(components.map((c) => [c.path, c.json]))
  const tabs = (app.tabBar?.list ?? []).map((tab) => tab.pagePath)
  const [stack, tabPages, badges] = [[], {}, {}]
  const host = document.getElementById('app')
  const bar = host.appendChild(document.createElement('div'))
  const tabBar = host.appendChild(document.createElement('div'))
  bar.className = 'mp-bar'
  tabBar.className = 'mp-tabs'

  const parse = (url, from) => {
    const [path, query = ''] = url.split('?')
    const file = path.startsWith('/') ? path.slice(1) : new URL(path, `http://x/${from ?? ''}`).pathname.slice(1)
    if (!json[file]) throw new Error(`page "${file}" is not in app.json`)
    return { file, options: Object.fromEntries([...new URLSearchParams(query)].map(([k, v]) => [k, v])) }
  }

  const make = (url) => {
    const { file, options } = parse(url, stack.at(-1)?.route)
    const box = document.createElement('div')
    box.className = tabs.includes(file) ? 'mp-page mp-tabbed' : 'mp-page'
    const placeholder = box.appendChild(document.createElement('div'))
    host.append(box)
    const root = backend.createRoot('wx-page', space, file)
    root.attach(box, placeholder)
    box.firstElementChild.setAttribute('data-route', file)
    box.style.background = json[file].backgroundColor ?? app.window?.backgroundColor ?? '#fff'
    const page = root.get()
    Object.assign(page, { route: file, options, mp: { root, box } })
    box.addEventListener('scroll', () => {
      page.onPageScroll?.({ scrollTop: box.scrollTop })
      const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < (json[file].onReachBottomDistance ?? 50)
      if (isNear && !page.mp.near) page.onReachBottom?.()
      page.mp.near = isNear
    })
    page.onLoad?.(options)
    return page
  }
  const show = (page) => {
    page.mp.box.style.display = ''
    draw(page)
    page.onShow?.()
    page.mp.root.getComponent().triggerPageLifetime('show', [])
    if (!page.mp.ready) page.onReady?.()
    page.mp.ready = true
  }
  const hide = (page) => {
    page.mp.box.style.display = 'none'
    page.onHide?.()
    page.mp.root.getComponent().triggerPageLifetime('hide', [])
  }
  const end = (page) => {
    page.onUnload?.()
    // An answer that comes for a page that is gone draws nothing, as in WeChat.
    page.setData = () => {}
    page.mp.root.release()
    page.mp.box.remove()
  }

  const button = (text, label, act) => {
    const element = document.createElement('button')
    element.textContent = text
    element.setAttribute('aria-label', label)
    element.onclick = act
    return element
  }
  const draw = (page) => {
    const window = { ...app.window, ...json[page.route] }
    bar.replaceChildren(page.mp.title ?? window.navigationBarTitleText ?? '')
    bar.style.cssText = `background:${window.navigationBarBackgroundColor ?? '#fff'};color:${window.navigationBarTextStyle === 'white' ? '#fff' : '#000'}`
    if (stack.length > 1) bar.prepend(button('‹', '返回', () => router.back(1)))
    bar.append(document.createElement('i'))
    document.title = bar.textContent
    tabBar.hidden = !tabs.includes(page.route)
    tabBar.style.background = app.tabBar?.backgroundColor ?? '#fff'
    tabBar.replaceChildren(...(app.tabBar?.list ?? []).map((tab) => drawTab(tab, tab.pagePath === page.route)))
  }
  const drawTab = (tab, isOn) => {
    const element = button('', tab.text, () => router.tab(`/${tab.pagePath}`))
    element.setAttribute('aria-current', isOn ? 'page' : 'false')
    element.style.color = isOn ? app.tabBar.selectedColor : app.tabBar.color
    if (badges[tab.pagePath]) element.append(Object.assign(document.createElement('u'), { textContent: badges[tab.pagePath] }))
    element.append(Object.assign(document.createElement('img'), { src: phone.file(`/${isOn ? tab.selectedIconPath : tab.iconPath}`), alt: '' }), tab.text)
    return element
  }

  const router = {
    pages: () => stack.slice(),
    top: () => stack.at(-1),
    tabs,
    title(text) {
      stack.at(-1).mp.title = text
      draw(stack.at(-1))
    },
    badge(index, text) {
      badges[tabs[index]] = text
      draw(stack.at(-1))
    },
    push(url) {
      if (tabs.includes(parse(url, stack.at(-1).route).file)) throw new Error('a tab page is opened by switchTab')
      if (stack.length >= MAX_DEPTH) throw new Error('webview count limit exceed')
      hide(stack.at(-1))
      stack.push(make(url))
      show(stack.at(-1))
    },
    replace(url) {
      const page = make(url)
      end(stack.pop())
      stack.push(page)
      show(page)
    },
    back(delta) {
      for (let n = Math.min(delta, stack.length - 1); n > 0; n--) end(stack.pop())
      show(stack.at(-1))
    },
    tab(url) {
      const { file } = parse(url)
      if (!tabs.includes(file)) throw new Error('not a tab page')
      while (stack.length > 1) end(stack.pop())
      const old = stack.pop()
      if (old && tabs.includes(old.route)) hide(old)
      else if (old) end(old)
      stack.push((tabPages[file] ??= make(url)))
      show(stack[0])
    },
    relaunch(url) {
      for (const page of new Set([...stack.splice(0), ...Object.values(tabPages)])) end(page)
      for (const file of Object.keys(tabPages)) delete tabPages[file]
      const page = make(url)
      if (tabs.includes(page.route)) tabPages[page.route] = page
      stack.push(page)
      show(page)
    },
  }
  return router
}
