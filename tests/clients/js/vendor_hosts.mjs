// Loaded before a client (`node --import`): connections to the vendor's OAuth hosts lead to the server under test.
import https from 'node:https'

const HOSTS = new Set(['oauth.bitrix.info', 'oauth.bitrix24.tech'])
const connect = https.Agent.prototype.createConnection

https.Agent.prototype.createConnection = function createConnection(options, done) {
  const isMeant = HOSTS.has(options.host) && Number(options.port) === 443
  const target = { host: '127.0.0.1', port: Number(process.env.PORTAL_PORT), servername: options.host }
  return connect.call(this, isMeant ? { ...options, ...target } : options, done)
}
