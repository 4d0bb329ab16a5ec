// What a program does with messages, by the package megaplanjs. Prints what it got as JSON.
import megaplan from 'megaplanjs'

const { PORT, LOGIN, OTHER_LOGIN, PASSWORD, OTHER_ID, ONE_TIME_KEY } = process.env
const { Client } = megaplan

/** Log in as the package does: the event tells how it went. */
function open(...credentials) {
  const client = new Client({ server: { host: '127.0.0.1', port: Number(PORT), scheme: 'http' } })
  return new Promise((resolve, reject) => {
    client.on(client.EVN_AUTH, (data, error) => (error ? reject(error) : resolve(client)))
    client.auth(...credentials)
  })
}

const send = (request) => new Promise((resolve, reject) => request.send(resolve, reject))
const messages = (client, method, data, key) => send(client.__request(`:common/Message/${method}.api`, data, key))

const client = await open(LOGIN, PASSWORD)
const other = await open(OTHER_LOGIN, PASSWORD)
const byKey = await open('', '', ONE_TIME_KEY)
const attaches = [{ name: 'Отчёт.txt', content: Buffer.from('Ёж & 1').toString('base64') }]
const sent = await messages(
  client,
  'create',
  { model: { subject: 'Обед', content: 'Привет, всем!', to: OTHER_ID, attaches } },
  'message',
)
const incoming = await messages(other, 'list', { folder: 'incoming' }, 'messages')
const card = await messages(other, 'card', { id: sent.id }, 'message')
const answer = await messages(other, 'create', { model: { content: 'И тебе' }, reply: sent.id }, 'message')
const gone = await messages(other, 'delete', { id: sent.id }, 'message')
const deleted = await messages(other, 'list', { folder: 'deleted' }, 'messages')
const outgoing = await messages(byKey, 'list', { folder: 'outgoing' }, 'messages')
const refusal = await messages(client, 'card', { id: 1000999 }, 'message').catch((error) => error)
const wrong = await open(LOGIN, 'wrong horse').catch((error) => error)
const employees = await send(client.employees())
const datetime = await send(client.datetime())

console.log(
  JSON.stringify({ sent, incoming, card, answer, gone, deleted, outgoing, refusal, wrong, employees, datetime }),
)
