// The built-in elements that do something. The others of covered.mjs are plain tags with the styles of elements.css.
import { rpx } from './rpx.js'

const [S, B, N] = [String, Boolean, Number]

/** Attributes for screen readers, which every element takes. */
const ARIA = { ariaLabel: 'aria-label', role: 'role', ariaChecked: 'aria-checked', ariaSelected: 'aria-selected', ariaHidden: 'aria-hidden', ariaRole: 'role' }

/** Registers them on the program's component space (setGlobalUsingComponent isn't inherited). */
export function defineElements(space, phone) {
  const define = (tag, properties, { created, observers, ...rest }) => {
    const [aria, read] = [{}, {}]
    for (const [property, attribute] of Object.entries(ARIA)) {
      aria[property] = S
      read[property] = function (value) {
        if (value) (this.inner ?? this.$$).setAttribute(attribute, value)
      }
    }
    const definition = space.defineComponent({ is: `wx-${tag}`, properties: { ...properties, ...aria }, observers: { ...observers, ...read }, ...rest, lifetimes: { created() { created.call(this) } } })
    space.setGlobalUsingComponent(`wx-${tag}`, definition)
  }
  const typed = { value: S, placeholder: S, disabled: B, maxlength: { type: N, value: 140 }, type: S, password: B, focus: B, name: S, confirmType: S, autoHeight: B, placeholderStyle: S, placeholderClass: S, cursorSpacing: N, adjustPosition: B, alwaysEmbed: B, holdKeyboard: B }
  define('input', typed, field('input'))
  define('textarea', typed, field('textarea'))
  define('image', { src: S, mode: S, lazyLoad: B, showMenuByLongpress: B, alt: S }, image(phone))
  define('switch', { checked: B, disabled: B, color: S }, toggle)
  define('picker', { mode: { type: S, value: 'selector' }, range: { type: Array, value: [] }, rangeKey: S, value: { type: null, value: 0 }, start: S, end: S, disabled: B }, picker(phone))
  define('scroll-view', { scrollX: B, scrollY: B, scrollTop: N, scrollLeft: N, scrollIntoView: S, lowerThreshold: { type: N, value: 50 }, enhanced: B, showScrollbar: B, type: S, refresherEnabled: B, scrollWithAnimation: B }, scroller)
  define('button', { type: S, disabled: B, loading: B, plain: B, size: S, formType: S, openType: S, hoverClass: S, hoverStopPropagation: B, hoverStartTime: N, hoverStayTime: N, lang: S, appParameter: S }, button(phone))
  define('canvas', { type: S, canvasId: S, disableScroll: B }, canvas)
}

/** The element's own node first, then what the template puts into it. */
const node = (component, tag) => {
  const element = document.createElement(tag)
  component.$$.appendChild(element)
  return element
}

const field = (tag) => ({
  created() {
    const element = (this.inner = node(this, tag))
    for (const name of ['input', 'change', 'focus', 'blur']) element.addEventListener(name, (e) => e.stopPropagation())
    element.addEventListener('input', () => this.triggerEvent('input', { value: element.value, cursor: element.selectionStart ?? 0 }))
    element.addEventListener('focus', () => this.triggerEvent('focus', { value: element.value, height: 0 }))
    element.addEventListener('blur', () => this.triggerEvent('blur', { value: element.value }))
    element.addEventListener('keydown', (e) => e.key === 'Enter' && tag === 'input' && this.triggerEvent('confirm', { value: element.value }))
  },
  observers: {
    value(v) {
      if (this.inner.value !== String(v ?? '')) this.inner.value = v ?? ''
    },
    placeholder(v) {
      this.inner.placeholder = v ?? ''
    },
    disabled(v) {
      this.inner.disabled = Boolean(v)
    },
    maxlength(v) {
      if (v > 0) this.inner.maxLength = v
      else this.inner.removeAttribute('maxlength')
    },
    'type, password'(type, password) {
      if (tag === 'input') this.inner.type = password ? 'password' : 'text'
      this.inner.inputMode = { number: 'numeric', digit: 'decimal', idcard: 'text' }[type] ?? 'text'
    },
    focus(v) {
      if (v) this.inner.focus()
    },
  },
})

const image = (phone) => ({
  created() {
    const element = (this.inner = node(this, 'img'))
    element.onload = () => this.triggerEvent('load', { width: element.naturalWidth, height: element.naturalHeight })
    element.onerror = () => this.triggerEvent('error', { errMsg: 'load fail' })
  },
  observers: {
    src(v) {
      if (v) this.inner.src = phone.file(v)
      else this.inner.removeAttribute('src')
    },
    alt(v) {
      this.inner.alt = v ?? ''
    },
    mode(v) {
      this.inner.style.objectFit = { aspectFit: 'contain', aspectFill: 'cover', widthFix: 'contain', heightFix: 'contain' }[v] ?? 'fill'
    },
  },
})

const toggle = {
  created() {
    const element = (this.inner = node(this, 'input'))
    element.type = 'checkbox'
    element.setAttribute('role', 'switch')
    for (const name of ['input', 'change']) element.addEventListener(name, (e) => e.stopPropagation())
    element.addEventListener('change', () => this.triggerEvent('change', { value: element.checked }))
  },
  observers: {
    checked(v) {
      this.inner.checked = v
    },
    disabled(v) {
      this.inner.disabled = v
    },
  },
}

const picker = (phone) => ({
  created() {
    this.$$.addEventListener('click', async () => {
      if (this.data.disabled) return
      const { mode, range, rangeKey, value, start, end } = this.data
      const chosen = mode === 'selector' ? await phone.choose(range.map((item) => (rangeKey ? item[rangeKey] : item))) : await phone.ask({ type: mode, value, min: start, max: end })
      this.triggerEvent(chosen === undefined ? 'cancel' : 'change', chosen === undefined ? {} : { value: chosen })
    })
  },
})

const scroller = {
  created() {
    let near = false
    this.$$.addEventListener('scroll', () => {
      const { scrollTop, scrollLeft, scrollHeight, clientHeight } = this.$$
      this.triggerEvent('scroll', { scrollTop, scrollLeft, scrollHeight })
      const isNear = scrollHeight - scrollTop - clientHeight < this.data.lowerThreshold
      if (isNear && !near) this.triggerEvent('scrolltolower', { direction: 'bottom' })
      near = isNear
    })
  },
  observers: {
    'scrollX, scrollY'(x, y) {
      this.$$.toggleAttribute('scroll-x', Boolean(x))
      this.$$.toggleAttribute('scroll-y', Boolean(y))
    },
    scrollTop(v) {
      this.$$.scrollTop = v
    },
  },
}

const button = (phone) => ({
  created() {
    this.$$.setAttribute('role', 'button')
    this.$$.tabIndex = 0
    this.$$.addEventListener('click', async () => {
      if (this.data.disabled || !this.data.openType) return
      const answer = await phone.open(this.data.openType)
      if (answer) this.triggerEvent(answer.event, answer.detail)
    })
  },
  observers: {
    disabled(v) {
      this.$$.toggleAttribute('disabled', Boolean(v))
      this.$$.setAttribute('aria-disabled', String(Boolean(v)))
    },
    type(v) {
      this.$$.setAttribute('type', v)
    },
  },
})

const canvas = {
  created() {
    this.inner = node(this, 'canvas')
  },
}

// Templates write styles in rpx too, and what is true of an element for screen readers as a boolean.
const setAttribute = Element.prototype.setAttribute
Element.prototype.setAttribute = function (name, value) {
  return setAttribute.call(this, name, name === 'style' ? rpx(String(value)) : name.startsWith('aria-') && value === '' ? 'true' : value)
}
