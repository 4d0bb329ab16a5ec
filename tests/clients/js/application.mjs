// What an application does with tokens that are over: the client renews them at the host it was given and goes on.
import { B24OAuth } from '@bitrix24/b24jssdk'

const { auth, secret } = JSON.parse(process.env.APPLICATION)
const b24 = new B24OAuth(auth, secret)
b24.offClientSideWarning()

let renewed = 0
b24.setCallbackRefreshAuth(async () => {
  renewed += 1
})
await b24.initIsAdmin()
const { v2 } = b24.actions
const profile = await v2.call.make({ method: 'profile', params: {} })
const params = { DIALOG_ID: process.env.PARTNER_ID, MESSAGE: 'Снова я' }
const message = await v2.call.make({ method: 'im.message.add', params })

console.log(
  JSON.stringify({
    renewed,
    isAdmin: b24.auth.isAdmin,
    person: profile.getData().result.ID,
    message: message.getData().result,
  }),
)
b24.destroy()
