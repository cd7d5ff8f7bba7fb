import type { AddChildRequest, Relation, Rights, Role } from '../api/schema'
import { change, get } from '../api/client'
import { listDocuments } from './community'

const C = '/api/v1/communities/{communityId}'
const ROLES = 'roles'

/** The roles of the person here. */
export async function getMe() {
  const me = await get(`${C}/me`, {})
  wx.setStorageSync(ROLES, me.roles)
  return me
}

/** The roles as they were last heard of: what a bar shows before the server is asked. */
export const knownRoles = () => wx.getStorageSync(ROLES) as Role[] | ''

/** The person's membership; refused with membership.none where there is none. */
export const getMembership = () => get(`${C}/membership`, {})

/** Joins, with every document in force accepted; from 14 to 17 with the day of birth. */
export const join = (displayName: string, acceptedDocumentIds: string[], birthDate: string | null) => change('post', `${C}/membership`, 'join', { body: { displayName, building: null, acceptedDocumentIds, birthDate } })

/** Changes what the neighbours call the person, and the building. */
export const changeMembership = (displayName: string, building: string | null) => change('put', `${C}/membership`, 'membership', { body: { displayName, building } })

/** Accepts new versions of documents. */
export const acceptDocuments = (documentIds: string[]) => change('post', `${C}/documents/accept`, 'documents', { body: { documentIds } })

/** The person's telephone number, masked: confirmed, or waiting for staff. */
export const getPhone = () => get(`${C}/phone`, {})

/** Takes the number that WeChat knows, by the code of its button. */
export const givePhoneByWeChat = (code: string) => change('post', `${C}/phone/wechat`, 'phone', { body: { code } })

/** Takes a typed number; staff confirm it. */
export const givePhoneByHand = (number: string) => change('post', `${C}/phone`, 'phone-by-hand', { body: { number, weChatErrno: null } })

/** The person's children here. */
export const listChildren = async () => (await get(`${C}/children`, {})).children

/** The privacy notice in force: what a guardian consents to. */
const notice = async () => (await listDocuments()).find((d) => d.kind === 'privacyNotice')!.id

/** Adds a child and consents for it. */
export const addChild = async (child: Omit<AddChildRequest, 'documentId'>) => change('post', `${C}/children`, `child:${child.name}`, { body: { ...child, documentId: await notice() } })

/** Consents for a child, or takes it back. */
export const consentForChild = async (id: string) => change('post', `${C}/children/{id}/consent`, `consent:${id}`, { path: { id }, body: { documentId: await notice() } })
export const withdrawForChild = async (id: string) => change('post', `${C}/children/{id}/consent/withdrawal`, `withdraw:${id}`, { path: { id }, body: { documentId: await notice() } })

/** A code for the child's other guardian, and one that binds the child's own WeChat. */
export const guardianCode = (childId: string) => change('post', `${C}/children/{id}/guardian-code`, `guardian-code:${childId}`, { path: { id: childId } })
export const accountCode = (childId: string) => change('post', `${C}/children/{id}/account-code`, `account-code:${childId}`, { path: { id: childId } })

/** Of a minor with a phone of their own: whose consent is missing. */
export const getMyConsent = () => get(`${C}/consent`, {})

/** A minor from 14 on consents, or takes it back. */
export const consentForMyself = async () => change('post', `${C}/consent`, 'consent', { body: { documentId: await notice() } })
export const withdrawMyConsent = async () => change('post', `${C}/consent/withdrawal`, 'withdraw', { body: { documentId: await notice() } })

/** A code that a minor shows to a guardian. */
export const myGuardianCode = () => change('post', `${C}/guardian-code`, 'my-guardian-code', {})

/** Becomes a guardian by the code on the other guardian's phone. */
export const becomeGuardian = async (code: string, relation: Relation) => change('post', `${C}/guardianships`, `guardian:${code}`, { body: { code, relation, documentId: await notice() } })

/** Binds this WeChat to a member who has none. */
export const bindAccount = (code: string) => change('post', `${C}/account-binding`, `bind:${code}`, { body: { code } })

/** Is a guardian no more. */
export const endGuardianship = (childId: string) => change('delete', `${C}/children/{id}/guardianship`, `end-guardian:${childId}`, { path: { id: childId } })

/** 家人 of the person: who helps, and who is helped. */
export const listFamily = async () => (await get(`${C}/family`, {})).links

/** A code that a helper types; with what the helper may do. */
export const familyCode = (rights: Rights) => change('post', `${C}/family/code`, 'family-code', { body: { rights } })

/** Becomes somebody's helper by their code. */
export const linkFamily = (code: string) => change('post', `${C}/family`, `family:${code}`, { body: { code } })

/** Ends a link, from either side. */
export const endFamily = (id: string) => change('delete', `${C}/family/{id}`, `end-family:${id}`, { path: { id } })

/** The units that the person belongs to, or is asked into. */
export const listUnits = () => get(`${C}/unit-memberships`, {})

/** Joins a unit by its code. */
export const joinUnit = (code: string, sharesHours: boolean) => change('post', `${C}/unit-memberships`, `unit:${code}`, { body: { code, sharesHours } })

/** Answers an invitation with yes; a no is `leaveUnit`. */
export const confirmUnit = (id: string) => change('post', `${C}/unit-memberships/{id}/confirmation`, `unit-yes:${id}`, { path: { id } })

/** Whether the unit sees the person's hours. */
export const shareWithUnit = (id: string, sharesHours: boolean) => change('put', `${C}/unit-memberships/{id}/sharing`, `unit-share:${id}`, { path: { id }, body: { sharesHours } })

/** The unit that is written on new records. */
export const makePrimary = (id: string) => change('post', `${C}/unit-memberships/{id}/primary`, `unit-primary:${id}`, { path: { id } })

/** Leaves a unit, or declines. */
export const leaveUnit = (id: string) => change('delete', `${C}/unit-memberships/{id}`, `unit-leave:${id}`, { path: { id } })

/** What the person calls whom they sign up: oneself, the children, those whom they help. */
export async function namesOfMine(): Promise<Map<string, string>> {
  const [membership, children, family] = await Promise.all([getMembership(), listChildren(), listFamily()])
  return new Map([[membership.memberId, '我'], ...[...children, ...family.filter((l) => !l.isHelper)].map((c) => [c.memberId, c.name] as const)])
}
