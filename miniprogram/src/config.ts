/** Where the API is. Before a release: the domain that is registered as 服务器域名. The preview sends every request to the host that serves it. */
export const origin = 'https://phoenix.example'

/** The community this mini program is for. */
export const community = 1
