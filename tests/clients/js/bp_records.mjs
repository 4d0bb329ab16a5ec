// What a program does with catalogs, records and files, by the package that the vendor recommends. Prints JSON.
import bpApi from 'bp-api'

const { HOST, EMAIL, PASSWORD, PERSON_ID } = process.env
const bp = new bpApi.default(HOST, EMAIL, PASSWORD, 'http', 20000)
const drop = (resource) => bp._request(bp._getUrl(resource), 'DELETE')
const refusal = (call) =>
  call.then(
    () => null,
    (error) => ({ status: error.response.status, name: error.response.data.name }),
  )

const section = await bp.postSection({ name: 'Испытания', icon: 'app-1' })
const created = await bp.postCatalog({
  name: 'Заявки',
  icon: 'icon',
  sectionId: section.id,
  fields: [
    { name: 'Основное', type: 'group' },
    { name: 'Название', type: 'text' },
    { name: 'Количество', type: 'number' },
    { name: 'Вид', type: 'checkboxes', config: { items: [{ name: 'А' }, { name: 'Б' }, { name: 'В' }] } },
    { name: 'Кто', type: 'user' },
    { name: 'Файлы', type: 'file', config: { multiselect: true } },
  ],
})
const catalogId = created.id
const catalog = await bp.getCatalog(catalogId)
for (let number = 1; number <= 12; number += 1) {
  await bp.postRecord(catalogId, { 2: `Заявка ${number}`, 3: number, 4: number % 2 ? [1, 2] : ['2'], 5: [{ id: PERSON_ID }] })
}
const one = await bp.getRecordById(catalogId, 1)
const listed = await bp.getRecords(catalogId, {
  sortField: 3,
  sortType: -1,
  limit: 3,
  offset: 1,
  fields: ['2'],
  filters: [
    { fieldId: 3, value: { at: 2, to: 9 } },
    { fieldId: 4, value: ['2'] },
    { fieldId: 4, value: [] },
  ],
})
const nested = await bp.getRecords(catalogId, { filters: { $and: [{ 2: '1' }, { 4: { $or: [[1, 2], [3]] } }] } })
const all = await bp.getAllRecords(catalogId, { limit: 5 })

// A spoilt cookie: the library asks for another one by itself.
bp.sidCookie = 'connect.sid=spoilt'
await bp.patchRecord(catalogId, 1, { 2: 'Иначе' })
const keys = await bp.getUploadFileKeys('смета.txt', 'text/plain', 'remoteStorage', 5)
const file = await bp.uploadFile(keys, Buffer.from('смета'))
await bp.patchRecord(catalogId, 1, { 6: [{ id: file.id, title: file.title, src: file.src }] })
const changed = await bp.getRecordById(catalogId, 1)
const history = await bp.getHistory(catalogId, 1)

await bp.patchCatalog(catalogId, { name: 'Иные заявки', fields: catalog.fields.slice(0, 4) })
const smaller = await bp.getCatalog(catalogId)
await bp.patchSection(section.id, { name: 'Другой' })
const renamed = await bp.getSection(section.id)
await bp.deleteRecord(catalogId, 1)
const missing = await refusal(bp.getRecordById(catalogId, 1))
const unknown = await refusal(bp.getCatalog({}))
await drop({ resource: 'catalog', catalogId })
await drop({ resource: 'section', sectionId: section.id })
const gone = await refusal(bp.getCatalog(catalogId))

console.log(
  JSON.stringify({
    ...{ created, catalog, one, listed, nested, file, changed, smaller, renamed, missing, unknown, gone },
    all: all.length,
    history: history.map((each) => each.actionType),
  }),
)
