// What a program with a webhook does: one call, a list in pages, batches. Prints what it got as JSON.
import { B24Hook } from '@bitrix24/b24jssdk'

const { PORTAL_WEBHOOK, PARTNER_ID } = process.env
const b24 = B24Hook.fromWebhookUrl(PORTAL_WEBHOOK)
b24.offClientSideWarning()
const { v2 } = b24.actions

const message = await v2.call.make({ method: 'im.message.add', params: { DIALOG_ID: PARTNER_ID, MESSAGE: 'Привет' } })
const refusal = await v2.call
  .make({ method: 'im.message.add', params: { DIALOG_ID: 'x', MESSAGE: 'Привет' } })
  .catch((error) => error)
const people = await v2.callList.make({ method: 'user.get', params: {} })
const pages = []
for await (const page of v2.fetchList.make({ method: 'user.get', params: {} })) pages.push(page.length)

const batch = await v2.batch.make({
  calls: {
    chat: { method: 'im.chat.add', params: { USERS: [PARTNER_ID], TITLE: 'Из пакета' } },
    message: { method: 'im.message.add', params: { DIALOG_ID: 'chat$result[chat]', MESSAGE: 'раз & два' } },
  },
  options: { isHaltOnError: true, returnAjaxResult: false },
})
const calls = Array.from({ length: 60 }, (_, n) => ['im.message.add', { DIALOG_ID: PARTNER_ID, MESSAGE: `№ ${n}` }])
const chunks = await v2.batchByChunk.make({ calls, options: { isHaltOnError: true } })

console.log(
  JSON.stringify({
    message: message.getData()?.result,
    refusal: { code: refusal.code, text: refusal.message },
    people: people.getData().map((one) => one.ID),
    pages,
    batch: batch.getData(),
    chunks: chunks.getData(),
  }),
)
b24.destroy()
