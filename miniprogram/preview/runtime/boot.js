// Starts the program: WeChat's component framework (glass-easel) on the DOM, the router, and wx.
import * as ge from 'glass-easel'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import { defineElements } from './elements.js'
import { createPhone } from './phone.js'
import { createRouter } from './router.js'
import { createWx } from './wx/index.js'

/**
 * @param {object} built What build.mjs made of the program.
 * @param {object} built.app app.json.
 * @param {object} built.groups The compiled templates.
 * @param {() => unknown} built.loadApp Runs app.ts.
 * @param {{path: string, json: object, scope: string, isPage: boolean, load: () => unknown}[]} built.components Leaves first.
 */
export function boot({ app, groups, loadApp, components }) {
  showErrors()
  // Globals of WXS.
  Object.assign(globalThis, { getRegExp: (pattern, flags) => new RegExp(pattern, flags), getDate: (...parts) => new Date(...parts) })
  const query = new URLSearchParams(location.search)
  const phone = createPhone({ user: query.get('user'), frame: query.get('frame') ?? 'phone' })
  const env = new MiniProgramEnv()
  const space = env.createCodeSpace('app', true)
  defineElements(space.getComponentSpace(), phone)
  const context = new ge.CurrentWindowBackendContext()
  const backend = env.associateBackend(context)
  passEvents(context)
  const router = createRouter({ app, components, backend, space, phone })
  const launch = launchOptions(query, app)
  let program = {}
  const wx = createWx({ phone, router, launch, app })
  phone.codes = () => router.pages().slice(-1).flatMap((page) => codesIn(page.mp.root.getComponent()))
  Object.assign(globalThis, { wx, getApp: () => program, getCurrentPages: () => router.pages(), phoenixPhone: phone, App: (options) => (program = options) })
  loadApp()
  loadComponents(space, groups, components)
  program.onLaunch?.(launch)
  program.onShow?.(launch)
  router.relaunch(`/${launch.path}${launch.search}`)
  globalThis.phoenixReopen = (q, scene) => {
    const options = launchOptions(new URLSearchParams({ ...(q && { q }), ...(scene && { scene }) }), app)
    program.onShow?.(options)
    router.relaunch(`/${options.path}${options.search}`)
  }
}

/** As WeChat opens it: plainly, by a link (q), by a mini program code (scene), or on a page. */
function launchOptions(query, app) {
  const [q, scene, page] = [query.get('q'), query.get('scene'), query.get('page')]
  const options = q ? { q: encodeURIComponent(q) } : scene ? { scene: encodeURIComponent(scene) } : {}
  const [path, rest = ''] = (page ?? app.entryPagePath ?? app.pages[0]).replace(/^\//, '').split('?')
  const search = new URLSearchParams([...new URLSearchParams(rest), ...Object.entries(options)])
  return { path, query: Object.fromEntries(search), scene: q ? 1011 : scene ? 1047 : 1001, search: search.size ? `?${search}` : '' }
}

function loadComponents(space, groups, components) {
  const behavior = space.behavior().register()
  for (const { path, json, scope } of components) {
    space.addStyleSheet(path, undefined, scope || undefined)
    space.addComponentStaticConfig(path, json)
    space.addCompiledTemplate(path, { groupList: groups, content: groups[path] })
  }
  for (const component of components)
    space.globalComponentEnv(globalThis, component.path, () => {
      const register = globalThis.Component
      // "wx://form-field" and its like.
      globalThis.Component = (definition) => register({ ...definition, behaviors: definition.behaviors?.map((b) => (typeof b === 'string' ? behavior : b)) })
      component.load()
    })
}

function passEvents(context) {
  context.onEvent((target, type, detail, options) => {
    const event = new ge.Event(type, detail, options)
    const original = options.originalEvent
    // A disabled button takes no taps.
    if (type === 'tap' && original?.target?.closest?.('wx-button[disabled]')) return 1
    if (original) {
      const touches = original.changedTouches?.length ? original.changedTouches : [original]
      event.touches = event.changedTouches = Array.from(touches, (t) => ({ identifier: t.identifier ?? 0, pageX: t.pageX, pageY: t.pageY, clientX: t.clientX, clientY: t.clientY }))
    }
    ge.Event.dispatchEvent(target, event)
    return event.defaultPrevented() ? 1 : 0
  })
}

function codesIn(component) {
  const found = []
  const visit = (one) => {
    if (one.data?.qrText) found.push(one.data.qrText)
    for (const child of one.getShadowRoot?.()?.childNodes ?? []) visit(child)
    for (const child of one.childNodes ?? []) visit(child)
  }
  visit(component)
  return found
}

/** Whatever goes wrong in the preview stands on the screen. */
function showErrors() {
  const say = (error) => {
    const box = document.querySelector('.mp-broken') ?? document.body.appendChild(Object.assign(document.createElement('pre'), { className: 'mp-broken' }))
    box.append(`${error?.stack ?? error}\n`)
  }
  addEventListener('error', (e) => say(e.error ?? e.message))
  addEventListener('unhandledrejection', (e) => say(e.reason))
  ge.globalOptions.throwGlobalError = true
}
