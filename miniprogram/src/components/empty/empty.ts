/** Nothing here yet: what, what next, one button. */
Component({
  properties: { what: String, next: String, action: String },
  methods: {
    act() {
      this.triggerEvent('act')
    },
  },
})
