// What a program does with messages of a record, by the package that the vendor recommends. Prints what it got as JSON.
import bpApi from 'bp-api'

const { HOST, EMAIL, PASSWORD, OTHER_EMAIL, CATALOG_ID, RECORD_ID, MENTIONED_ID } = process.env
const open = (email) => new bpApi.default(HOST, email, PASSWORD, 'http', 20000)
const bp = open(EMAIL)
const other = open(OTHER_EMAIL)
const place = [CATALOG_ID, RECORD_ID]
const refusal = (call) =>
  call.then(
    () => null,
    (error) => ({ status: error.response.status, name: error.response.data.name }),
  )

const before = await bp.getMessages(...place)
const first = await bp.postMessage(...place, 'Привет!')
const second = await other.postMessage(...place, {
  text: 'Ответ',
  mentions: [MENTIONED_ID],
  attachments: [{ title: 'Смета', url: 'https://files.example.com/a.pdf' }],
  replyMessageId: first.id,
})
const listed = await bp.getMessages(...place)
await bp.patchMessage(...place, first.id, 'Привет, всем!')
const foreign = await refusal(other.patchMessage(...place, first.id, 'чужое'))
const subscribed = await bp.subscribeToMessages(...place)
const unsubscribed = await bp.subscribeToMessages(...place, false)

// A spoilt cookie: the library asks for another one by itself.
bp.sidCookie = 'connect.sid=spoilt'
const third = await bp.postMessage(...place, 'Снова здесь')
await bp.deleteMessage(...place, third.id)
const after = await bp.getMessages(...place)
const missing = await refusal(bp.getMessages(CATALOG_ID, 999999))
const history = await bp.addCommentToHistory(...place, 'Комментарий')
const comments = await bp.getHistory(...place)

console.log(
  JSON.stringify({ before, first, second, third, listed, foreign, subscribed, unsubscribed, after, missing, history, comments }),
)
