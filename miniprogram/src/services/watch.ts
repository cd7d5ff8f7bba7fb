/** Calls `look` every so many milliseconds while it runs: never twice at a time, and not before the last look is over. */
export class Watch {
  private timer: ReturnType<typeof setTimeout> | undefined
  private isOn = false

  constructor(private readonly milliseconds: number, private readonly look: () => Promise<unknown>) {}

  start() {
    if (this.isOn) return
    this.isOn = true
    this.plan()
  }

  stop() {
    this.isOn = false
    if (this.timer !== undefined) clearTimeout(this.timer)
  }

  private plan() {
    this.timer = setTimeout(async () => {
      await this.look()
      if (this.isOn) this.plan()
    }, this.milliseconds)
  }
}
