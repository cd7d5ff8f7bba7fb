import { logPage } from '../../log'

logPage()
