import { listTeams } from '../../../services/house'
import { listing } from '../listing'

/** 志愿服务队. */
listing('/packages/staff/team/team', '/packages/staff/team/team', listTeams, (t) => ({ id: t.id, title: t.name, note: t.purpose, isOff: t.isArchived }))
