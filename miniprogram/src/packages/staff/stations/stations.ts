import { stationKinds } from '../../../domain/words'
import { listStations } from '../../../services/house'
import { listing } from '../listing'

/** 志愿服务站 and 新时代文明实践站. */
listing('/packages/staff/station/station', '/packages/staff/station/station', listStations, (s) => ({ id: s.id, title: s.name, note: `${stationKinds[s.kind]}，${s.address}`, isOff: s.isArchived }))
