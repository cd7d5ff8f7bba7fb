import type { EquipmentState, LendEquipmentRequest, ReturnCondition, SaveEquipmentRequest } from '../api/schema'
import { change, get, openFile } from '../api/client'

const C = '/api/v1/communities/{communityId}'

/** What can be borrowed, by number. */
export const listEquipment = (cursor?: string) => get(`${C}/equipment`, { query: { ...(cursor && { cursor }) } as never })

/** What the person, and who lets the person have their notices, borrowed; newest first. */
export const listMyLoans = (cursor?: string) => get(`${C}/my/equipment-loans`, { query: { ...(cursor && { cursor }) } as never })

/** The list of who lends: overdue first; only overdue, or only retired ones. */
export const listItems = (only: '' | 'overdue' | 'retired', cursor?: string) => get(`${C}/staff/equipment`, { query: { ...(only && { [only]: true }), ...(cursor && { cursor }) } as never })
export const getItem = (id: string) => get(`${C}/staff/equipment/{id}`, { path: { id } })

/** Registers an item, or changes what is said of it. */
export const saveItem = (id: string | undefined, body: SaveEquipmentRequest) =>
  id ? change('put', `${C}/staff/equipment/{id}`, `equipment:${id}`, { path: { id }, body }) : change('post', `${C}/staff/equipment`, 'equipment:new', { body })

/** To repair, back from there, or retired for good. */
export const setItemState = (id: string, state: EquipmentState) => change('post', `${C}/staff/equipment/{id}/state`, `equipment-state:${id}`, { path: { id }, body: { state } })

/** Hands an item out. */
export const lendItem = (id: string, body: LendEquipmentRequest) => change('post', `${C}/staff/equipment/{id}/loans`, `lend:${id}`, { path: { id }, body })

/** Puts the due day off. */
export const extendLoan = (id: string, dueOn: string) => change('post', `${C}/staff/equipment-loans/{id}/extension`, `extend:${id}`, { path: { id }, body: { dueOn } })

/** Takes an item back. */
export const returnItem = (id: string, condition: ReturnCondition, note: string | null) => change('post', `${C}/staff/equipment-loans/{id}/return`, `return:${id}`, { path: { id }, body: { condition, note } })

/** An item's loan log, newest first. */
export const listItemLoans = (id: string, cursor?: string) => get(`${C}/staff/equipment/{id}/loans`, { path: { id }, query: { ...(cursor && { cursor }) } as never })

/** Opens the whole log as a sheet, which WeChat lets one keep or send on. */
export const openLoanSheet = () => openFile('/staff/equipment-loans.xlsx', 'xlsx', '表格没有取到，请过一会儿再试。')
