/** What the server, or the network, said instead of an answer. `title` is a Chinese sentence to show as it is. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly title: string,
    readonly status: number,
    /** Nobody knows whether it was done: ask again with the same request id, never say that it failed. */
    readonly isUnknown = false,
    readonly errors: Record<string, string[]> = {},
  ) {
    super(`${code}: ${title}`)
  }

  /** Of what was thrown anywhere. */
  static of(error: unknown): Problem {
    return error instanceof Problem ? error : new Problem('client.bug', '页面出错了，请退出再进来，或打电话给社区。', 0)
  }
}

export const noNetwork = () => new Problem('client.no_network', '没有网络。请看看手机的网络，再试一次。', 0)
export const slowNetwork = () => new Problem('client.unknown', '网络慢，还没有结果。别急，再点一次接着查，不会重复办理。', 0, true)
