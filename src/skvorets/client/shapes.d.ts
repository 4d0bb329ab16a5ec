// Shapes of the native API and of what is pushed. Written by scripts/client_shapes.py: do not edit.
// Times are unix milliseconds, 0 = never; ids are integers, 0 = none.

/** Which entries. */
export interface AdminAuditAsked {
  actor?: number | null;
  action?: string;
  since?: number;
  until?: number;
  before?: number;
  limit?: number;
}

/** Somebody or something by id and name. */
export interface AdminViewsNamed {
  id: number;
  name: string;
}

/** An answer to be kept. */
export interface AnswerBody {
  text: string;
  title?: string;
  isOwn?: boolean;
}

/** What is to be changed; what is absent stays. */
export interface AnswerChange {
  title?: string | null;
  text?: string | null;
}

/** Canned answers. */
export interface AnswerList {
  answers: AnswerView[];
}

/** A canned answer. */
export interface AnswerView {
  id: number;
  title: string;
  text: string;
  isOwn: boolean;
  canEdit: boolean;
}

/** What shall be different; None = as it is. */
export interface AppChange {
  name?: string | null;
  scopes?: string[] | null;
  handlerUrl?: string | null;
  installUrl?: string | null;
  limits?: string | null;
  delivery?: string | null;
  transport?: string | null;
}

/** One application. */
export interface AppDetails {
  application: AppLine;
  bots: Bot[];
  subscriptions: ApplicationViewsSubscription[];
}

/** What the page is given as PLACEMENT_OPTIONS. */
export interface AppFramesOpening {
  options?: Record<string, any>;
}

/** An application as it is listed. Times are unix milliseconds. */
export interface AppLine {
  id: number;
  kind: string;
  name: string;
  clientId: string;
  scopes: string[];
  handlerUrl: string;
  installUrl: string;
  isApiOnly: boolean;
  state: string;
  version: number;
  installedBy: string;
  limits: string;
  delivery: string;
  transport: string;
  waiting: number;
  dead: number;
  createdAt: number;
}

/** A password for a program as it is listed. Times are unix milliseconds, 0 = never. */
export interface AppPassword {
  id: number;
  name: string;
  createdAt: number;
  usedAt: number;
}

/** The new one with its secret, which cannot be shown again. */
export interface AppPasswordsMade {
  id: number;
  name: string;
  createdAt: number;
  appPassword: string;
}

/** Where an event goes, and how that went last. */
export interface ApplicationViewsSubscription {
  id: number;
  event: string;
  url: string;
  isOffline: boolean;
  last: LastWord | null;
  isHeld: boolean;
  nextAttemptAt: number;
}

/** A new application with what cannot be shown again. */
export interface ApplicationsMade {
  application: AppLine;
  clientSecret: string;
  environment: Environment;
}

/** One attempt. */
export interface Attempt {
  number: number;
  at: number;
  durationMs: number;
  httpStatus: number;
  failure: string;
  answer: string;
}

/** One fact. ``details`` has ``name``, what the subject was called then, and what the action needs. */
export interface AuditEntry {
  id: number;
  at: number;
  actorId: number;
  actorName: string;
  action: string;
  subjectKind: string;
  subjectId: number;
  address: string;
  details: Record<string, any>;
}

/** A page of entries. */
export interface AuditPage {
  entries: AuditEntry[];
  actions: string[];
  next: number;
}

/** Who wants to begin. */
export interface Beginning {
  password: string;
}

/** A bot of an application. */
export interface Bot {
  id: number;
  name: string;
  code: string;
  kind: string;
  commands: Command[];
}

/** A bot. */
export interface BotLine {
  id: number;
  name: string;
  avatar: string;
  code: string;
  kind: string;
  chats: number;
  commands: number;
  createdAt: number;
}

/** A session of the person. Times are unix milliseconds. */
export interface Browser {
  id: number;
  isCurrent: boolean;
  userAgent: string;
  address: string;
  createdAt: number;
  seenAt: number;
}

/** The button that is pressed. */
export interface ButtonValue {
  value: string;
}

/** One chat, with all people whom it names. */
export interface ChatAnswer {
  chat: ChatView;
  people: PersonView[];
}

/** Where it is opened, and by which button; without ``messageId`` by its icon. */
export interface ChatAppsOpening {
  dialogId: string;
  messageId?: number | null;
  buttonParams?: string;
}

/** The dialog that is open. */
export interface ChatAppsWhere {
  dialogId: string;
}

/** A new chat. */
export interface ChatBody {
  title?: string;
  kind?: "group" | "open";
  memberIds?: number[];
  description?: string;
  color?: string;
}

/** What is to be changed; what is absent stays. */
export interface ChatChange {
  title?: string | null;
  description?: string | null;
  color?: string | null;
  ownerId?: number | null;
}

/** Title, colour, avatar, owner … changed: load the chat anew. For the chat. */
export interface ChatChanged {
  chat_id: number;
  actor_id: number;
  changed: string[];
}

/** What a file is to be called. */
export interface ChatFilesNamed {
  name: string;
}

/** A chat as administrators see it. Times are unix milliseconds, 0 = never. */
export interface ChatLine {
  id: number;
  kind: string;
  title: string;
  avatar: string;
  color: string;
  ownerId: number;
  ownerName: string;
  isGeneral: boolean;
  isOutside: boolean;
  entity: string;
  members: number;
  messages: number;
  lastMessageAt: number;
  createdAt: number;
}

/** A part of the list, with all people whom it names. */
export interface ChatList {
  chats: ChatView[];
  people: PersonView[];
  hasMore: boolean;
}

/** What shall be different; what is absent stays. */
export interface ChatPatch {
  title?: string | null;
  ownerId?: number | null;
}

/** A picture. */
export interface ChatPicture {
  data: string;
}

/** What is looked for. */
export interface ChatSearch {
  find?: string;
  filter?: "all" | "empty" | "entity" | "group" | "line" | "open" | "outside";
  member?: number;
  before?: number;
  limit?: number;
}

/** A conversation: a private dialog is one, too. */
export interface ChatView {
  id: number;
  dialogId: string;
  kind: string;
  title: string;
  description: string;
  color: string;
  avatar: string;
  ownerId: number;
  partnerId: number;
  isGeneral: boolean;
  isExtranet: boolean;
  entityType: string;
  entityId: string;
  createdAt: number;
  memberCount: number;
  lastAt: number;
  lastSeq: number;
  last: MessageView | null;
  seenId: number;
  mine: MineView;
  rights: RightsView;
  line: LineChatView | null;
}

/** A page of chats. */
export interface ChatsPage {
  chats: ChatLine[];
  next: number;
}

/** Which part of the list. */
export interface ChatsWanted {
  limit?: number;
  offset?: number;
  isUnreadOnly?: boolean;
  changedSince?: number | null;
}

/** What was chosen: exactly one of the two. */
export interface Choice {
  chatId?: number;
  personId?: number;
}

/** A status. */
export interface Chosen {
  status: "away" | "break" | "dnd" | "online";
}

/** What was removed. */
export interface Cleared {
  count: number;
  bytes: number;
}

/** A button as the message offers it. */
export interface Click {
  botId: number;
  command: string;
  params?: string;
  context?: "KEYBOARD" | "MENU";
}

/** A slash command. */
export interface Command {
  name: string;
  isCommon: boolean;
  isHidden: boolean;
}

/** The answer. */
export interface CommandList {
  commands: CommandView[];
}

/** One command. */
export interface CommandView {
  id: number;
  botId: number;
  command: string;
  title: string;
  params: string;
  isCommon: boolean;
}

/** A code that the application shows. */
export interface Confirmation {
  code: string;
}

/** What a person's card says besides. */
export interface ContactView {
  person: PersonView;
  picture: string;
  email: string;
  www: string;
  workPhone: string;
  mobile: string;
  innerPhone: string;
  birthday: string;
  gender: string;
  departments: string[];
  chatId: number;
  commonChatIds: number[];
  commands: string[];
}

/** How many are sent again. */
export interface Count {
  count: number;
}

/** What waits for the person; muted chats aside. */
export interface CountersView {
  chats: number;
  unread: number;
  notifications: number;
}

/** With what somebody logs in. */
export interface Credentials {
  login: string;
  password: string;
  code?: string;
  newPassword?: string;
}

/** A command. */
export interface Curl {
  command: string;
}

/** The answer of ``GET /api/session``. */
export interface Current {
  me: Me;
  portal: Portal;
  csrfToken: string;
}

/** One delivery. */
export interface DeliveryDetails {
  line: DeliveryLine;
  application: string;
  isPulling: boolean;
  url: string;
  webhookId: string;
  queuedAt: number;
  policy: string;
  attempts: Attempt[];
  pairs: [string, string][];
  canBeSent: boolean;
}

/** A delivery as it is listed. Times are unix milliseconds, 0 = never. */
export interface DeliveryLine {
  id: number;
  applicationId: number;
  chatId: number;
  chat: string;
  words: string;
  event: string;
  state: string;
  attempts: number;
  httpStatus: number;
  failure: string;
  durationMs: number;
  createdAt: number;
  finishedAt: number;
  nextAt: number;
}

/** A department. */
export interface DepartmentLine {
  id: number;
  parentId: number;
  name: string;
  headId: number;
  headName: string;
  people: number;
}

/** The answer. */
export interface DepartmentList {
  departments: DepartmentView[];
}

/** What shall be different; what is absent stays. */
export interface DepartmentPatch {
  name?: string | null;
  parentId?: number | null;
  headId?: number | null;
}

/** A department. */
export interface DepartmentView {
  id: number;
  parentId: number;
  name: string;
  headId: number;
  memberIds: number[];
}

/** A person's own view of a chat changed: muted, pinned, hidden, marked. For the person. */
export interface DialogChanged {
  chat_id: number;
  person_id: number;
  changed: string[];
}

/** Somebody read up to a message (or marked it unread again). For the chat. */
export interface DialogRead {
  chat_id: number;
  reader_id: number;
  message_id: number;
  seq: number;
  unread: number;
}

/** How the server is doing. Sizes in bytes, times in unix milliseconds. */
export interface Doing {
  version: string;
  python: string;
  startedAt: number;
  now: number;
  engine: string;
  latencyUs: number;
  readers: LogReader[];
  waiting: number;
  sending: number;
  dead: number;
  oldestWaitingAt: number;
  sockets: number;
  connected: number;
  memoryBytes: number;
  diskFreeBytes: number;
  diskTotalBytes: number;
}

/** An answer that is a file to be saved. */
export interface Download {
  name: string;
  media_type: string;
  body: string;
}

/** What was begun. */
export interface DraftBody {
  text: string;
  replyToId?: number;
}

/** A person has begun to write something else, or nothing any more. For the person. */
export interface DraftChanged {
  chat_id: number;
  person_id: number;
  text: string;
  reply_to_id: number;
  changed_at: number;
}

/** What a person has begun to write. */
export interface DraftView {
  text: string;
  replyToId: number;
  changedAt: number;
}

/** A form; a value left masked, as it was shown, stands for the real one. */
export interface Edited {
  pairs: [string, string][];
}

/** Which subscription ends. */
export interface Endpoint {
  endpoint: string;
}

/** What the person takes into his application. */
export interface Enrolment {
  secret: string;
  address: string;
  qr: Qr;
}

/** What somebody who comes by a link says of himself. */
export interface Entrance {
  secret: string;
  firstName: string;
  login: string;
  password: string;
  lastName?: string;
  language?: "en" | "ru";
}

/** The answer of the list. */
export interface Entries {
  placements: Entry[];
}

/** One entry of a place. */
export interface Entry {
  id: number;
  applicationId: number;
  placement: string;
  title: string;
  description: string;
  group: string;
  icon: string;
  color: string;
  width: number;
  height: number;
}

/** What a program of the application needs to know; secrets are empty where they were not asked for. */
export interface Environment {
  portal: string;
  clientId: string;
  memberId: string;
  applicationToken: string;
  signingKey: string;
}

/** Which days. */
export interface FiguresAsked {
  days?: number;
  utcOffset?: number | null;
}

/** Files of a chat. */
export interface FilePage {
  files: FileView[];
  people: PersonView[];
  hasMore: boolean;
}

/** A file in a chat. */
export interface FileView {
  id: number;
  chatId: number;
  authorId: number;
  name: string;
  size: number;
  type: string;
  mediaType: string;
  width: number;
  height: number;
  createdAt: number;
  url: string;
  previewUrl: string;
  downloadUrl: string;
}

/** Which files of a chat are wanted. */
export interface FilesWanted {
  type?: "" | "audio" | "file" | "image" | "video";
  beforeId?: number;
  limit?: number;
}

/** Which deliveries; what is absent does not count. */
export interface Filter {
  application?: number | null;
  bot?: number | null;
  chat?: number | null;
  event?: string;
  state?: string;
  text?: string;
  below?: number;
}

/** What was found; ``people`` are also those whom the chats name. */
export interface FindResult {
  personIds: number[];
  chats: ChatView[];
  people: PersonView[];
}

/** What is looked for. */
export interface FindWanted {
  find?: string;
  limit?: number;
}

/** Where a message is to be shown again. */
export interface Forward {
  chatIds: number[];
  clientId: string;
  text?: string;
}

/** Ten lines at most, by name. */
export interface FoundLines {
  lines: LineOffer[];
}

/** What was found. */
export interface FoundMessages {
  messages: MessageView[];
  people: PersonView[];
  chats: ChatView[];
  hasMore: boolean;
  words: string[];
}

/** An animation. */
export interface GifView {
  url: string;
  previewUrl: string;
  width: number;
  height: number;
  name: string;
}

/** The answer. */
export interface Gifs {
  gifs: GifView[];
}

/** Which animations are looked for. */
export interface GifsWanted {
  find?: string;
  offset?: number;
  limit?: number;
}

/** How many files. */
export interface HowMany {
  limit?: number;
}

/** One chat application as the field shows it. */
export interface Icon {
  id: number;
  botId: number;
  code: string;
  title: string;
  description: string;
  copyright: string;
  icon: string;
  isCommand: boolean;
  jsMethod: string;
  jsParam: string;
  width: number;
  height: number;
  isPopup: boolean;
}

/** The answer of the list. */
export interface Icons {
  apps: Icon[];
}

/** Since when. */
export interface Idle {
  since: number;
}

/** An address. Times are unix milliseconds. */
export interface Inspector {
  id: number;
  url: string;
  createdAt: number;
  expiresAt: number;
}

/** Whom to invite. */
export interface Invitation {
  ids: number[];
  showsHistory?: boolean;
}

/** The answer. */
export interface Invitations {
  invitations: Waiting[];
}

/** A new invitation. */
export interface InvitationsMade {
  id: number;
  link: string;
  expiresAt: number;
  mail: string;
}

/** Who invites whom. */
export interface Invited {
  inviterName: string;
  domain: string;
  language: string;
  email: string;
  firstName: string;
  lastName: string;
  expiresAt: number;
}

/** Whom to write to. */
export interface JoinedLine {
  botId: number;
}

/** A request that came there. */
export interface Kept {
  id: number;
  at: number;
  verb: string;
  query: string;
  headers: [string, string][];
  body: string;
  bodySize: number;
  form: [string, string][] | null;
}

/** As ``PushSubscription.toJSON()`` names them. */
export interface Keys {
  p256dh: string;
  auth: string;
}

/** A large file. */
export interface LargeFile {
  id: number;
  name: string;
  size: number;
  mediaType: string;
  createdAt: number;
  authorId: number;
  authorName: string;
  chatId: number;
  chatTitle: string;
}

/** How the newest finished delivery to an address ended. */
export interface LastWord {
  at: number;
  state: string;
  http_status: number;
  failure: string;
}

/** What is wished. */
export interface Like {
  isLiked: boolean;
}

/** Who likes a message. */
export interface Likes {
  likes: number[];
}

/** All that can be configured of a line. */
export interface LineCard {
  line: LineRow;
  code: string;
  scriptTag: string;
  settings: LineSettings;
  queue: QueuePlace[];
  bots: LineFace[];
  isNetworked: boolean;
  isSearchable: boolean;
  createdAt: number;
  createdBy: AdminViewsNamed;
}

/** The chat as it is now; null = it is not shown to the operator any more. */
export interface LineChatAnswer {
  chat: ChatView | null;
  people: PersonView[];
}

/** The newest conversation in an operators' chat. */
export interface LineChatView {
  lineId: number;
  lineName: string;
  connector: string;
  sessionId: number;
  status: number;
  operatorId: number;
  botId: number;
  startedAt: number;
  queuedAt: number;
  takenAt: number;
  clientWroteAt: number;
  closedAt: number;
  isSilent: boolean;
  isPinned: boolean;
  isOffered: boolean;
  awaitsVote: boolean;
  vote: number;
  client: LineClientView;
  can: LineRightsView;
}

/** What a customer sees of his conversation changed: who serves him, whether he is asked to rate. For his chat. */
export interface LineClientChanged {
  chat_id: number;
  session_id: number;
  change: string;
  operator_id: number;
}

/** A customer, as far as he has told of himself. */
export interface LineClientView {
  id: number;
  personId: number;
  name: string;
  email: string;
  pageUrl: string;
  pageTitle: string;
  language: string;
  seenAt: number;
  isBlocked: boolean;
}

/** The conversations that began on one day. */
export interface LineDay {
  date: string;
  numbers: LineNumbers;
}

/** Somebody with his picture. */
export interface LineFace {
  id: number;
  name: string;
  avatar: string;
}

/** Days without gaps, oldest first, and all of them together. */
export interface LineFigures {
  days: LineDay[];
  together: LineNumbers;
}

/** A line to which conversations can be transferred. */
export interface LineName {
  id: number;
  name: string;
}

/** What became of conversations; spam is not counted. */
export interface LineNumbers {
  sessions: number;
  waited: number;
  medianWaitS: number;
  longestWaitS: number;
  byBot: number;
  lost: number;
  ratings: number;
  ratingAverage: number | null;
}

/** A line that can be joined, or is joined already. */
export interface LineOffer {
  code: string;
  name: string;
  description: string;
  avatar: string;
  server: string;
  botId: number;
}

/** What shall be different; what is absent stays. Settings and queue are given whole. */
export interface LinePatch {
  name?: string | null;
  description?: string | null;
  isActive?: boolean | null;
  isNetworked?: boolean | null;
  isSearchable?: boolean | null;
  settings?: LineSettings | null;
  queue?: Place[] | null;
}

/** A picture. */
export interface LinePicture {
  data: string;
}

/** What the reader may do with the conversation as it is now. */
export interface LineRightsView {
  take: boolean;
  skip: boolean;
  transfer: boolean;
  finish: boolean;
  spam: boolean;
  reopen: boolean;
  whisper: boolean;
}

/** A line as it is listed. */
export interface LineRow {
  id: number;
  name: string;
  description: string;
  avatar: string;
  isActive: boolean;
  isOpenNow: boolean;
  open: number;
  waiting: number;
  operators: LineFace[];
  operatorCount: number;
  botName: string;
}

/** A conversation with a customer changed: load its chat anew. For the operators' chat. */
export interface LineSessionChanged {
  chat_id: number;
  session_id: number;
  line_id: number;
  client_id: number;
  change: string;
  status: number;
  actor_id: number;
  operator_id: number;
}

/** How a line works. An empty text is not sent; 0 seconds mean never. */
export interface LineSettings {
  welcomeText?: string;
  welcomesEachSession?: boolean;
  botId?: number;
  botJoins?: "always" | "first";
  botS?: number;
  botLeaves?: "close" | "queue";
  distribution?: "all" | "evenly" | "strictly";
  offerS?: number;
  checksAvailable?: boolean;
  maxSessions?: number;
  noAnswerS?: number;
  noAnswerText?: string;
  closingText?: string;
  autoCloseS?: number;
  autoCloseText?: string;
  fullCloseS?: number;
  asksRating?: boolean;
  showsOperators?: boolean;
  showsTyping?: boolean;
  workingHours?: WorkingHours;
  widget?: WidgetLooks;
}

/** Which line. */
export interface LineToJoin {
  code: string;
}

/** What is looked for. */
export interface LinesWanted {
  text: string;
}

/** Which link is meant. */
export interface Link {
  secret: string;
}

/** Links of a chat. */
export interface LinkPage {
  links: LinkView[];
  people: PersonView[];
  hasMore: boolean;
}

/** An address in a message. */
export interface LinkView {
  messageId: number;
  url: string;
  title: string;
  createdAt: number;
  authorId: number;
}

/** Which links of a chat are wanted. */
export interface LinksWanted {
  beforeId?: number;
  limit?: number;
}

/** The applications, and what can be chosen for one. */
export interface Listed {
  applications: AppLine[];
  limits: string[];
  policies: string[];
}

/** A durable reader of the event log. */
export interface LogReader {
  name: string;
  behind: number;
}

/** Who is logged in. */
export interface Me {
  id: number;
  name: string;
  firstName: string;
  lastName: string;
  avatar: string;
  language: string;
  isAdmin: boolean;
  isExtranet: boolean;
}

/** What somebody is to be. */
export interface MemberChange {
  isManager: boolean;
}

/** A part of the list. */
export interface MemberList {
  members: MemberView[];
  people: PersonView[];
  hasMore: boolean;
  total: number;
}

/** Somebody's part in the chat. Times are unix milliseconds. */
export interface MemberView {
  personId: number;
  role: string;
  joinedAt: number;
  readId: number;
  readAt: number;
}

/** Which part of the members. */
export interface MembersAfter {
  after?: number;
  limit?: number;
}

/** People (and bots) came into a chat; for a private dialog: it was created. For the chat. */
export interface MembersJoined {
  chat_id: number;
  chat_kind: string;
  person_ids: number[];
  bot_ids: number[];
  actor_id: number;
  shows_history: boolean;
}

/** People left a chat or were removed. For the chat. */
export interface MembersLeft {
  chat_id: number;
  person_ids: number[];
  actor_id: number;
}

/** A page of members. */
export interface MembersPage {
  people: PersonLine[];
  next: number;
}

/** Which part of the list. */
export interface MembersWanted {
  find?: string;
  afterId?: number;
  limit?: number;
}

/** A message was posted. For the chat. */
export interface MessageAdded {
  id: number;
  chat_id: number;
  seq: number;
  author_id: number;
  actor_id: number;
  created_at: number;
  text: string;
  params: Record<string, any> | null;
  client_id: string | null;
  calls_bots: boolean;
  platform: string;
  skips_connector: boolean;
  previews_links: boolean;
}

/** Text or content of a message was changed. For the chat. */
export interface MessageChanged {
  id: number;
  chat_id: number;
  author_id: number;
  actor_id: number;
  created_at: number;
  edited_at: number;
  text: string;
  params: Record<string, any> | null;
  calls_bots: boolean;
  previews_links: boolean;
}

/** A message was emptied, or removed without trace. For the chat. */
export interface MessageDeleted {
  id: number;
  chat_id: number;
  author_id: number;
  actor_id: number;
  created_at: number;
  is_complete: boolean;
  mentioned: number[];
  calls_bots: boolean;
}

/** Somebody liked a message or took it back. For the chat. */
export interface MessageLiked {
  id: number;
  chat_id: number;
  author_id: number;
  actor_id: number;
  is_liked: boolean;
  likes: number[];
}

/** A part of a chat. */
export interface MessagePage {
  messages: MessageView[];
  people: PersonView[];
  hasOlder: boolean;
  hasNewer: boolean;
  seenId: number;
}

/** What is looked for. */
export interface MessageSearchAsked {
  find: string;
  chatId?: number;
  beforeId?: number;
  limit?: number;
}

/** A message as its reader sees it. */
export interface MessageView {
  id: number;
  chatId: number;
  seq: number;
  authorId: number;
  createdAt: number;
  editedAt: number;
  isDeleted: boolean;
  isSystem: boolean;
  isWhisper: boolean;
  text: string;
  params: Record<string, any>;
  files: FileView[];
  likes: number[];
  replyTo: QuoteView | null;
  forwarded: QuoteView | null;
  clientId: string;
  canEdit: boolean;
  canDelete: boolean;
}

/** What is to be changed; what is absent stays. */
export interface MineChange {
  isPinned?: boolean | null;
  isMuted?: boolean | null;
  isHidden?: boolean | null;
  isMarkedUnread?: boolean | null;
}

/** The reader's own view of a chat. */
export interface MineView {
  isMember: boolean;
  role: string;
  unread: number;
  firstUnreadId: number;
  readId: number;
  firstId: number;
  isMuted: boolean;
  pinnedAt: number;
  isMarkedUnread: boolean;
  isHidden: boolean;
  draft: DraftView | null;
}

/** Who is invited, as far as it is known. */
export interface New {
  email?: string;
  firstName?: string;
  lastName?: string;
  isExtranet?: boolean;
  departmentId?: number;
  validDays?: number;
}

/** What is asked for. */
export interface NewApp {
  name: string;
  scopes: string[];
  handlerUrl?: string;
  installUrl?: string;
  isApiOnly?: boolean;
  transport?: string;
}

/** What is asked for. */
export interface NewAppPassword {
  name: string;
  password: string;
}

/** A department to be added. */
export interface NewDepartment {
  name: string;
  parentId?: number;
}

/** A line to be made; everything else has a good beginning. */
export interface NewLineBody {
  name: string;
  utcOffset?: number | null;
}

/** With what the person logs in; empty = as before. */
export interface NewLogin {
  login?: string;
}

/** Who comes in, and what they see of what was written before. */
export interface NewMembers {
  ids: number[];
  showsHistory?: boolean;
}

/** Who comes in. */
export interface NewPlace {
  personId: number;
}

/** An answer to be kept. */
export interface NewSharedAnswer {
  text: string;
  title?: string;
}

/** What is asked for. */
export interface NewWebhook {
  scopes: string[];
  title?: string;
  days?: number;
}

/** A message to be sent. */
export interface NewWords {
  clientId: string;
  text?: string;
  replyToId?: number;
  fileIds?: number[];
  isWhisper?: boolean;
}

/** An answer with words. */
export interface NoticeAnswer {
  text: string;
}

/** A button of a notification that asks. */
export interface NoticeButton {
  title: string;
  value: string;
  type: "accept" | "cancel" | "plain";
  color: string;
}

/** What is shown then. */
export interface NoticeResult {
  text: string;
}

/** Which notifications are wanted. */
export interface NoticesWanted {
  beforeId?: number;
  limit?: number;
  find?: string;
}

/** Somebody, or the system, tells a person something. For the person. */
export interface NotificationAdded {
  id: number;
  person_id: number;
  author_id: number;
  created_at: number;
  type: number;
  module: string;
  event: string;
  tag: string;
  sub_tag: string;
  title: string;
  text: string;
  params: Record<string, any> | null;
  buttons: Record<string, string>[];
}

/** Notifications. */
export interface NotificationPage {
  notifications: NotificationView[];
  people: PersonView[];
  hasMore: boolean;
  unread: number;
}

/** A notification. */
export interface NotificationView {
  id: number;
  type: "confirm" | "person" | "system";
  authorId: number;
  title: string;
  text: string;
  buttons: NoticeButton[];
  canAnswer: boolean;
  createdAt: number;
  isRead: boolean;
  module: string;
  event: string;
  params: Record<string, any>;
}

/** Notifications of a person are gone. For the person. */
export interface NotificationsDeleted {
  person_id: number;
  ids: number[];
  unread: number;
}

/** A person has read notifications, or made them unread again. For the person. */
export interface NotificationsRead {
  person_id: number;
  is_read: boolean;
  ids: number[];
  first_id: number;
  last_id: number;
  unread: number;
}

/** A file. */
export interface OneFile {
  file: FileView;
}

/** A message, and the people whom it names. */
export interface OneMessage {
  message: MessageView;
  people: PersonView[];
}

/** What the person is told; the password cannot be shown again. */
export interface OneTimePassword {
  login: string;
  password: string;
}

/** What was opened: a command to be done by the client, or a frame. */
export interface Opened {
  app: Icon;
  url: string;
  isInContext: boolean;
}

/** A frame to be opened: the browser posts ``fields`` to ``url`` into a frame called ``name``. */
export interface OpenedFrame {
  applicationId: number;
  title: string;
  url: string;
  name: string;
  appSid: string;
  fields: Record<string, string>;
  init: Record<string, any>;
  isInstaller: boolean;
  width: number;
  height: number;
}

/** How the reader serves the line. */
export interface OperatorChange {
  isPaused: boolean;
}

/** A setting that the application keeps. */
export interface Option {
  name: string;
  value: any;
  isForAll?: boolean;
}

/** All settings of one kind by name. */
export interface Options {
  options: Record<string, any>;
}

/** What a message is to say. */
export interface OtherWords {
  text: string;
}

/** What became of a copy. */
export interface Outcome {
  httpStatus: number;
  failure: string;
  durationMs: number;
  answer: string;
}

/** With what the person logs in. */
export interface Own {
  login: string;
  minLength: number;
}

/** An application with its bots, and how its events arrive. */
export interface OwnerLine {
  id: number;
  name: string;
  kind: string;
  isActive: boolean;
  transport: string;
  installedBy: string;
  waiting: number;
  dead: number;
  last: LastWord | null;
  bots: BotLine[];
}

/** Deliveries, newest first. */
export interface Page {
  deliveries: DeliveryLine[];
  nextBelow: number;
  events: string[];
}

/** Which part of a chat is wanted: ids of messages, 0 = not given. */
export interface Part {
  before?: number;
  after?: number;
  around?: number;
  limit?: number;
}

/** Both passwords. How long a new one must be: ``GET /api/password``. */
export interface PasswordChange {
  old: string;
  new: string;
}

/** People by id, or by family name when they were looked for. */
export interface People {
  people: PersonView[];
}

/** A page of people. */
export interface PeoplePage {
  people: PersonLine[];
  counts: Record<string, number>;
  next: number;
}

/** Who is looked for. */
export interface PeopleWanted {
  find?: string;
  limit?: number;
  withBots?: boolean;
  ids?: string;
}

/** A person's card. */
export interface PersonAnswer {
  contact: ContactView;
  people: PersonView[];
  chats: ChatView[];
}

/** One person. Times are unix milliseconds. */
export interface PersonCard {
  person: PersonLine;
  firstName: string;
  lastName: string;
  gender: string;
  birthday: string;
  workPhone: string;
  personalMobile: string;
  innerPhone: string;
  createdAt: number;
  sessions: number;
  webhooks: number;
  hasSecondFactor: boolean;
}

/** A person as listed. Times are unix milliseconds, 0 = never. */
export interface PersonLine {
  id: number;
  kind: string;
  name: string;
  position: string;
  avatar: string;
  email: string;
  login: string;
  departments: number[];
  isActive: boolean;
  isAdmin: boolean;
  isOutside: boolean;
  lastSeenAt: number;
}

/** What shall be different; what is absent stays. */
export interface PersonPatch {
  firstName?: string | null;
  lastName?: string | null;
  position?: string | null;
  gender?: "" | "F" | "M" | null;
  birthday?: string | null;
  email?: string | null;
  workPhone?: string | null;
  personalMobile?: string | null;
  innerPhone?: string | null;
  departments?: number[] | null;
  isAdmin?: boolean | null;
  isOutside?: boolean | null;
}

/** A person chose another status, went away or came back. */
export interface PersonStatus {
  chat_id: number;
  person_id: number;
  subject_id: number;
  status: string;
  idle_since: number;
}

/** Name, picture, position, state … of a person changed: load him anew. Told as ``PersonStatus`` is. */
export interface PersonUpdated {
  chat_id: number;
  person_id: number;
  subject_id: number;
}

/** A person or bot as lists, messages and panels show one. */
export interface PersonView {
  id: number;
  kind: string;
  name: string;
  firstName: string;
  lastName: string;
  position: string;
  avatar: string;
  color: string;
  isActive: boolean;
  isExtranet: boolean;
  status: string;
  idleSince: number;
  lastSeenAt: number;
  isHere: boolean;
}

/** A picture. */
export interface Picture {
  picture: string;
}

/** A place in the queue: one of both. */
export interface Place {
  personId?: number;
  departmentId?: number;
}

/** Where it is opened; ``messageId`` for the context menu of a message. */
export interface PlacementsOpening {
  dialogId?: string | null;
  messageId?: number | null;
}

/** The dialog that is open, and which place is meant; absent: outside of dialogs, all places. */
export interface PlacementsWhere {
  dialogId?: string | null;
  placement?: string;
}

/** The installation. */
export interface Portal {
  url: string;
  language: string;
  maxFileBytes: number;
}

/** How others see the person. */
export interface Presence {
  status: string;
  idleSince: number;
}

/** What the person says of himself. */
export interface Profile {
  id: number;
  name: string;
  firstName: string;
  lastName: string;
  position: string;
  email: string;
  www: string;
  workPhone: string;
  personalMobile: string;
  personalPhone: string;
  innerPhone: string;
  birthday: string;
  gender: string;
  avatar: string;
  picture: string;
}

/** What is to be changed. */
export interface ProfileChange {
  firstName?: string | null;
  lastName?: string | null;
  position?: string | null;
  email?: string | null;
  www?: string | null;
  workPhone?: string | null;
  personalMobile?: string | null;
  personalPhone?: string | null;
  innerPhone?: string | null;
  birthday?: string | null;
  gender?: "" | "F" | "M" | null;
}

/** Password and a code: of the application or a recovery code. */
export interface Proof {
  password: string;
  code: string;
}

/** A drawing of ``size`` × ``size`` units: the dark part as data of an SVG path, the rest is light. */
export interface Qr {
  size: number;
  path: string;
}

/** A place in a queue: a person, or a department with its own people. */
export interface QueuePlace {
  personId: number;
  departmentId: number;
  name: string;
  note: string;
  avatar: string;
  people: number;
}

/** The message that another one answers or forwards, in short. */
export interface QuoteView {
  id: number;
  chatId: number;
  authorId: number;
  createdAt: number;
  text: string;
  files: number;
  isDeleted: boolean;
}

/** Up to where. */
export interface ReadBody {
  messageId?: number | null;
}

/** Where the person has read to. */
export interface ReadMark {
  unread: number;
  readId: number;
}

/** Somebody who has read a message. */
export interface ReaderView {
  personId: number;
  readAt: number;
}

/** Who has read a message, without its author. */
export interface Readers {
  readers: ReaderView[];
  total: number;
  people: PersonView[];
}

/** Codes for the loss of the phone, each good once. */
export interface RecoveryCodes {
  recoveryCodes: string[];
}

/** The answer with every status of 400 and above. */
export interface Refusal {
  error: RefusalReason;
}

/** Why not. */
export interface RefusalReason {
  code: string;
  message: string;
}

/** How it is removed. */
export interface Removal {
  keepsOptions?: boolean;
}

/** What the reader may do in a chat. */
export interface RightsView {
  canWrite: boolean;
  canRename: boolean;
  canInvite: boolean;
  canManage: boolean;
  canRemove: boolean;
  canLeave: boolean;
  canMute: boolean;
}

/** One right. */
export interface Scope {
  name: string;
  ru: string;
  en: string;
}

/** How much is wanted. */
export interface Screen {
  limit?: number;
}

/** Who is looked for. */
export interface Search {
  find?: string;
  filter?: "active" | "admins" | "all" | "bots" | "disabled" | "outside";
  department?: number;
  after?: number;
  limit?: number;
}

/** A new client secret. */
export interface Secret {
  clientSecret: string;
}

/** An address with what came there. */
export interface Seen {
  inspector: Inspector;
  requests: Kept[];
}

/** What is to be sent again: one of the two. */
export interface Selected {
  ids?: number[];
  application?: number | null;
}

/** A line that the reader serves. */
export interface ServedLineView {
  id: number;
  name: string;
  avatar: string;
  isActive: boolean;
  isPaused: boolean;
  waiting: number;
  open: number;
}

/** The reader's lines. */
export interface ServedLines {
  lines: ServedLineView[];
  others: LineName[];
}

/** ``applicationServerKey`` of ``PushManager.subscribe``. */
export interface ServerKey {
  publicKey: string;
}

/** One setting. */
export interface Setting {
  name: string;
  variable: string;
  value: string | number | boolean;
  isDefault: boolean;
}

/** The settings of one person. */
export interface Settings {
  theme: "dark" | "light" | "system";
  language: "" | "en" | "ru";
  sendKey: "ctrlEnter" | "enter";
  sound: boolean;
  notifications: "all" | "mentions" | "none";
  showsPreview: boolean;
}

/** Some of them, to be changed. */
export interface SettingsChange {
  theme?: "dark" | "light" | "system" | null;
  language?: "" | "en" | "ru" | null;
  sendKey?: "ctrlEnter" | "enter" | null;
  sound?: boolean | null;
  notifications?: "all" | "mentions" | "none" | null;
  showsPreview?: boolean | null;
}

/** A person chose something for his own clients; all settings as they are now. For him alone. */
export interface SettingsChanged {
  person_id: number;
  theme: string;
  language: string;
  send_key: string;
  sound: boolean;
  notifications: string;
  shows_preview: boolean;
}

/** Settings about one thing. */
export interface SettingsGroup {
  name: string;
  settings: Setting[];
}

/** What is to be made of a message. */
export interface Share {
  kind: "CALEND" | "CHAT" | "POST" | "TASK";
}

/** A canned answer of everybody. Times are unix milliseconds. */
export interface SharedAnswer {
  id: number;
  title: string;
  text: string;
  changedAt: number;
}

/** What shall be different; what is absent stays. */
export interface SharedAnswerPatch {
  title?: string | null;
  text?: string | null;
}

/** Messages, and the people whom they name. */
export interface SomeMessages {
  messages: MessageView[];
  people: PersonView[];
}

/** Which notifications are meant; None = all. */
export interface SomeNotices {
  ids?: number[] | null;
}

/** The answer. */
export interface Start {
  me: PersonView;
  chats: ChatView[];
  hasMore: boolean;
  people: PersonView[];
  counters: CountersView;
  position: string;
}

/** What the person has. */
export interface State {
  isOn: boolean;
  since: number;
  recoveryCodes: number;
}

/** How much there is. Sizes in bytes, times in unix milliseconds. */
export interface Stored {
  engine: string;
  databaseBytes: number;
  databaseFreeBytes: number;
  messages: number;
  chats: number;
  people: number;
  bots: number;
  logRows: number;
  logOldestAt: number;
  logKeptDays: number;
  waiting: number;
  dead: number;
  survey: Survey | null;
  isCounting: boolean;
}

/** What lies in the folder of files, as it was counted last. Sizes in bytes. */
export interface Survey {
  at: number;
  blobs: number;
  blobBytes: number;
  previews: number;
  previewBytes: number;
  unnamed: number;
  unnamedBytes: number;
}

/** What is wished. */
export interface Switch {
  isOn: boolean;
}

/** Conversations of a customer. */
export interface TalkList {
  sessions: TalkView[];
  people: PersonView[];
  hasMore: boolean;
}

/** A conversation that was, or the one that goes on. */
export interface TalkView {
  id: number;
  lineId: number;
  chatId: number;
  status: number;
  operatorId: number;
  botId: number;
  startedAt: number;
  closedAt: number;
  vote: number;
  voteComment: string;
  firstMessageId: number;
}

/** Whose talks are wanted, and which part. */
export interface TalksWanted {
  clientId: number;
  beforeId?: number;
  limit?: number;
}

/** Which notifications are meant. */
export interface TheseNotices {
  ids: number[];
}

/** What opens a socket. */
export interface Ticket {
  ticket: string;
  expiresIn: number;
  address: string;
}

/** Fresh tokens. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  expiresIn: number;
}

/** Who is to go on with it: exactly one. */
export interface Transfer {
  personId?: number;
  lineId?: number;
  departmentId?: number;
  leaves?: boolean;
}

/** Somebody is writing; shown for some 25 seconds or until his message. For the chat. */
export interface TypingStarted {
  chat_id: number;
  actor_id: number;
}

/** From where on. */
export interface UnreadBody {
  messageId: number;
}

/** What is left. */
export interface UnreadNotices {
  unread: number;
}

/** An invitation that can still be used. Times are unix milliseconds. */
export interface Waiting {
  id: number;
  email: string;
  firstName: string;
  lastName: string;
  isExtranet: boolean;
  departmentId: number;
  inviterId: number;
  inviterName: string;
  createdAt: number;
  expiresAt: number;
}

/** Conversations which nobody has taken. */
export interface WaitingChats {
  chats: ChatView[];
  people: PersonView[];
}

/** What ``PushSubscription.toJSON()`` gives. */
export interface WebPushSubscription {
  endpoint: string;
  keys: Keys;
}

/** A webhook as it is listed. Times are unix milliseconds, 0 = never. */
export interface Webhook {
  id: number;
  personId: number;
  personName: string;
  title: string;
  scopes: string[];
  isActive: boolean;
  expiresAt: number;
  createdAt: number;
}

/** The address, which cannot be shown again. */
export interface WebhooksMade {
  url: string;
}

/** How the live-chat widget looks on a page, and where it may be. */
export interface WidgetLooks {
  color?: string;
  side?: "left" | "right";
  title?: string;
  asksName?: boolean;
  asksEmail?: boolean;
  language?: "" | "en" | "ru";
  sites?: string[];
}

/** When operators are there; at other times the away text is shown and an offline form offered. */
export interface WorkingHours {
  isOn?: boolean;
  days?: number[];
  begin?: number;
  end?: number;
  utcOffset?: number;
  holidays?: string[];
  awayText?: string;
}

/** What a route answers with; `null` is 204. */
export interface Answers {
  "GET /api/admin/audit": AuditPage;
  "GET /api/admin/audit/csv": Download;
  "GET /api/admin/bots": OwnerLine[];
  "DELETE /api/admin/bots/{id}": null;
  "GET /api/admin/chats": ChatsPage;
  "DELETE /api/admin/chats/{id}": null;
  "GET /api/admin/chats/{id}": ChatLine;
  "PATCH /api/admin/chats/{id}": ChatLine;
  "GET /api/admin/chats/{id}/members": MembersPage;
  "POST /api/admin/chats/{id}/members": ChatLine;
  "DELETE /api/admin/chats/{id}/members/{person}": null;
  "GET /api/admin/departments": DepartmentLine[];
  "POST /api/admin/departments": DepartmentLine;
  "DELETE /api/admin/departments/{id}": null;
  "PATCH /api/admin/departments/{id}": null;
  "GET /api/admin/departments/{id}/people": PersonLine[];
  "POST /api/admin/departments/{id}/people": null;
  "DELETE /api/admin/departments/{id}/people/{person}": null;
  "GET /api/admin/files": LargeFile[];
  "DELETE /api/admin/files/{id}": null;
  "GET /api/admin/health": Doing;
  "GET /api/admin/lines": LineRow[];
  "POST /api/admin/lines": LineCard;
  "DELETE /api/admin/lines/{id}": null;
  "GET /api/admin/lines/{id}": LineCard;
  "PATCH /api/admin/lines/{id}": LineCard;
  "GET /api/admin/lines/{id}/answers": SharedAnswer[];
  "POST /api/admin/lines/{id}/answers": SharedAnswer;
  "DELETE /api/admin/lines/{id}/answers/{answer}": null;
  "PATCH /api/admin/lines/{id}/answers/{answer}": SharedAnswer;
  "DELETE /api/admin/lines/{id}/avatar": LineCard;
  "PUT /api/admin/lines/{id}/avatar": LineCard;
  "GET /api/admin/lines/{id}/figures": LineFigures;
  "GET /api/admin/people": PeoplePage;
  "GET /api/admin/people/{id}": PersonCard;
  "PATCH /api/admin/people/{id}": PersonCard;
  "POST /api/admin/people/{id}/disable": null;
  "POST /api/admin/people/{id}/enable": null;
  "POST /api/admin/people/{id}/password": OneTimePassword;
  "DELETE /api/admin/people/{id}/sessions": null;
  "DELETE /api/admin/people/{id}/two-factor": null;
  "GET /api/admin/settings": SettingsGroup[];
  "GET /api/admin/storage": Stored;
  "POST /api/admin/storage/clear": Cleared;
  "POST /api/admin/storage/survey": null;
  "GET /api/app-passwords": AppPassword[];
  "POST /api/app-passwords": AppPasswordsMade;
  "DELETE /api/app-passwords/{id}": null;
  "POST /api/applications/{id}/greeted": null;
  "POST /api/applications/{id}/installed": null;
  "POST /api/applications/{id}/open": OpenedFrame;
  "PUT /api/applications/{id}/options": Options;
  "POST /api/applications/{id}/tokens": Tokens;
  "GET /api/chat-apps": Icons;
  "POST /api/chat-apps/{id}/open": Opened;
  "GET /api/chats": ChatList;
  "POST /api/chats": ChatAnswer;
  "GET /api/chats/{id}": ChatAnswer;
  "PATCH /api/chats/{id}": ChatAnswer;
  "DELETE /api/chats/{id}/avatar": ChatAnswer;
  "PUT /api/chats/{id}/avatar": ChatAnswer;
  "GET /api/chats/{id}/commands": CommandList;
  "PUT /api/chats/{id}/draft": null;
  "GET /api/chats/{id}/files": FilePage;
  "POST /api/chats/{id}/files": OneFile;
  "POST /api/chats/{id}/join": ChatAnswer;
  "POST /api/chats/{id}/line/finish": LineChatAnswer;
  "POST /api/chats/{id}/line/pin": LineChatAnswer;
  "POST /api/chats/{id}/line/reopen": LineChatAnswer;
  "POST /api/chats/{id}/line/silent": LineChatAnswer;
  "POST /api/chats/{id}/line/skip": LineChatAnswer;
  "POST /api/chats/{id}/line/spam": LineChatAnswer;
  "POST /api/chats/{id}/line/take": LineChatAnswer;
  "POST /api/chats/{id}/line/transfer": LineChatAnswer;
  "GET /api/chats/{id}/links": LinkPage;
  "GET /api/chats/{id}/members": MemberList;
  "POST /api/chats/{id}/members": ChatAnswer;
  "DELETE /api/chats/{id}/members/{personId}": null;
  "PATCH /api/chats/{id}/members/{personId}": null;
  "GET /api/chats/{id}/messages": MessagePage;
  "POST /api/chats/{id}/messages": OneMessage;
  "PATCH /api/chats/{id}/mine": MineView;
  "POST /api/chats/{id}/read": ReadMark;
  "POST /api/chats/{id}/typing": null;
  "POST /api/chats/{id}/unread": ReadMark;
  "GET /api/departments": DepartmentList;
  "GET /api/dev/applications": Listed;
  "POST /api/dev/applications": ApplicationsMade;
  "GET /api/dev/applications/{id}": AppDetails;
  "PATCH /api/dev/applications/{id}": AppLine;
  "POST /api/dev/applications/{id}/install": AppLine;
  "POST /api/dev/applications/{id}/reveal": Environment;
  "POST /api/dev/applications/{id}/secret": Secret;
  "POST /api/dev/applications/{id}/uninstall": null;
  "POST /api/dev/applications/{id}/update": AppLine;
  "GET /api/dev/deliveries": Page;
  "POST /api/dev/deliveries/replay": Count;
  "GET /api/dev/deliveries/{id}": DeliveryDetails;
  "POST /api/dev/deliveries/{id}/curl": Curl;
  "POST /api/dev/deliveries/{id}/replay": Count;
  "POST /api/dev/deliveries/{id}/reveal": DeliveryDetails;
  "POST /api/dev/deliveries/{id}/send": Outcome;
  "GET /api/dev/inspectors": Inspector[];
  "POST /api/dev/inspectors": Inspector;
  "DELETE /api/dev/inspectors/{id}": null;
  "GET /api/dev/inspectors/{id}": Seen;
  "POST /api/dev/inspectors/{id}/reveal": Seen;
  "GET /api/dev/scopes": Scope[];
  "GET /api/dev/webhooks": Webhook[];
  "POST /api/dev/webhooks": WebhooksMade;
  "DELETE /api/dev/webhooks/{id}": null;
  "POST /api/files/{id}/save": null;
  "GET /api/find": FindResult;
  "PUT /api/find/last": null;
  "GET /api/gifs": Gifs;
  "DELETE /api/idle": null;
  "PUT /api/idle": null;
  "GET /api/invitation": Invited;
  "POST /api/invitation": null;
  "GET /api/invitations": Invitations;
  "POST /api/invitations": InvitationsMade;
  "DELETE /api/invitations/{id}": null;
  "GET /api/lines": ServedLines;
  "GET /api/lines/find": FoundLines;
  "POST /api/lines/join": JoinedLine;
  "GET /api/lines/{id}/answers": AnswerList;
  "POST /api/lines/{id}/answers": AnswerView;
  "DELETE /api/lines/{id}/answers/{answerId}": null;
  "PATCH /api/lines/{id}/answers/{answerId}": AnswerView;
  "PATCH /api/lines/{id}/me": null;
  "GET /api/lines/{id}/sessions": TalkList;
  "GET /api/lines/{id}/waiting": WaitingChats;
  "DELETE /api/messages/{id}": null;
  "GET /api/messages/{id}": OneMessage;
  "PATCH /api/messages/{id}": OneMessage;
  "POST /api/messages/{id}/command": null;
  "POST /api/messages/{id}/forward": SomeMessages;
  "PUT /api/messages/{id}/like": Likes;
  "GET /api/messages/{id}/readers": Readers;
  "POST /api/messages/{id}/share": null;
  "GET /api/notifications": NotificationPage;
  "POST /api/notifications/read": UnreadNotices;
  "POST /api/notifications/unread": UnreadNotices;
  "DELETE /api/notifications/{id}": null;
  "POST /api/notifications/{id}/answer": NoticeResult;
  "POST /api/notifications/{id}/confirm": NoticeResult;
  "GET /api/password": Own;
  "PUT /api/password": null;
  "GET /api/people": People;
  "GET /api/people/{id}": PersonAnswer;
  "PUT /api/people/{id}/chat": ChatAnswer;
  "GET /api/placements": Entries;
  "POST /api/placements/{id}/open": OpenedFrame;
  "GET /api/profile": Profile;
  "PATCH /api/profile": Profile;
  "DELETE /api/profile/avatar": Profile;
  "PUT /api/profile/avatar": Profile;
  "POST /api/push/ticket": Ticket;
  "POST /api/read-all": null;
  "GET /api/search/messages": FoundMessages;
  "DELETE /api/session": null;
  "GET /api/session": Current;
  "POST /api/session": null;
  "DELETE /api/sessions": null;
  "GET /api/sessions": Browser[];
  "DELETE /api/sessions/{id}": null;
  "GET /api/settings": Settings;
  "PATCH /api/settings": Settings;
  "GET /api/start": Start;
  "GET /api/status": Presence;
  "PUT /api/status": null;
  "DELETE /api/two-factor": null;
  "GET /api/two-factor": State;
  "POST /api/two-factor": Enrolment;
  "PUT /api/two-factor": RecoveryCodes;
  "POST /api/two-factor/recovery-codes": RecoveryCodes;
  "GET /api/web-push": ServerKey;
  "DELETE /api/web-push/subscription": null;
  "PUT /api/web-push/subscription": null;
  "GET /api/welcome": null;
  "POST /api/welcome": null;
}

/** Body of a route, or query of a GET. */
export interface Given {
  "GET /api/admin/audit": AdminAuditAsked;
  "GET /api/admin/audit/csv": AdminAuditAsked;
  "GET /api/admin/chats": ChatSearch;
  "PATCH /api/admin/chats/{id}": ChatPatch;
  "GET /api/admin/chats/{id}/members": MembersAfter;
  "POST /api/admin/chats/{id}/members": NewMembers;
  "POST /api/admin/departments": NewDepartment;
  "PATCH /api/admin/departments/{id}": DepartmentPatch;
  "POST /api/admin/departments/{id}/people": NewPlace;
  "GET /api/admin/files": HowMany;
  "POST /api/admin/lines": NewLineBody;
  "PATCH /api/admin/lines/{id}": LinePatch;
  "POST /api/admin/lines/{id}/answers": NewSharedAnswer;
  "PATCH /api/admin/lines/{id}/answers/{answer}": SharedAnswerPatch;
  "PUT /api/admin/lines/{id}/avatar": LinePicture;
  "GET /api/admin/lines/{id}/figures": FiguresAsked;
  "GET /api/admin/people": Search;
  "PATCH /api/admin/people/{id}": PersonPatch;
  "POST /api/admin/people/{id}/password": NewLogin;
  "POST /api/app-passwords": NewAppPassword;
  "POST /api/applications/{id}/open": AppFramesOpening;
  "PUT /api/applications/{id}/options": Option;
  "GET /api/chat-apps": ChatAppsWhere;
  "POST /api/chat-apps/{id}/open": ChatAppsOpening;
  "GET /api/chats": ChatsWanted;
  "POST /api/chats": ChatBody;
  "PATCH /api/chats/{id}": ChatChange;
  "PUT /api/chats/{id}/avatar": ChatPicture;
  "PUT /api/chats/{id}/draft": DraftBody;
  "GET /api/chats/{id}/files": FilesWanted;
  "POST /api/chats/{id}/files": ChatFilesNamed;
  "POST /api/chats/{id}/line/pin": Switch;
  "POST /api/chats/{id}/line/silent": Switch;
  "POST /api/chats/{id}/line/transfer": Transfer;
  "GET /api/chats/{id}/links": LinksWanted;
  "GET /api/chats/{id}/members": MembersWanted;
  "POST /api/chats/{id}/members": Invitation;
  "PATCH /api/chats/{id}/members/{personId}": MemberChange;
  "GET /api/chats/{id}/messages": Part;
  "POST /api/chats/{id}/messages": NewWords;
  "PATCH /api/chats/{id}/mine": MineChange;
  "POST /api/chats/{id}/read": ReadBody;
  "POST /api/chats/{id}/unread": UnreadBody;
  "POST /api/dev/applications": NewApp;
  "PATCH /api/dev/applications/{id}": AppChange;
  "POST /api/dev/applications/{id}/uninstall": Removal;
  "GET /api/dev/deliveries": Filter;
  "POST /api/dev/deliveries/replay": Selected;
  "POST /api/dev/deliveries/{id}/send": Edited;
  "POST /api/dev/webhooks": NewWebhook;
  "GET /api/find": FindWanted;
  "PUT /api/find/last": Choice;
  "GET /api/gifs": GifsWanted;
  "PUT /api/idle": Idle;
  "GET /api/invitation": Link;
  "POST /api/invitation": Entrance;
  "POST /api/invitations": New;
  "GET /api/lines/find": LinesWanted;
  "POST /api/lines/join": LineToJoin;
  "POST /api/lines/{id}/answers": AnswerBody;
  "PATCH /api/lines/{id}/answers/{answerId}": AnswerChange;
  "PATCH /api/lines/{id}/me": OperatorChange;
  "GET /api/lines/{id}/sessions": TalksWanted;
  "PATCH /api/messages/{id}": OtherWords;
  "POST /api/messages/{id}/command": Click;
  "POST /api/messages/{id}/forward": Forward;
  "PUT /api/messages/{id}/like": Like;
  "POST /api/messages/{id}/share": Share;
  "GET /api/notifications": NoticesWanted;
  "POST /api/notifications/read": SomeNotices;
  "POST /api/notifications/unread": TheseNotices;
  "POST /api/notifications/{id}/answer": NoticeAnswer;
  "POST /api/notifications/{id}/confirm": ButtonValue;
  "PUT /api/password": PasswordChange;
  "GET /api/people": PeopleWanted;
  "GET /api/placements": PlacementsWhere;
  "POST /api/placements/{id}/open": PlacementsOpening;
  "PATCH /api/profile": ProfileChange;
  "PUT /api/profile/avatar": Picture;
  "GET /api/search/messages": MessageSearchAsked;
  "POST /api/session": Credentials;
  "PATCH /api/settings": SettingsChange;
  "GET /api/start": Screen;
  "PUT /api/status": Chosen;
  "DELETE /api/two-factor": Proof;
  "POST /api/two-factor": Beginning;
  "PUT /api/two-factor": Confirmation;
  "POST /api/two-factor/recovery-codes": Proof;
  "DELETE /api/web-push/subscription": Endpoint;
  "PUT /api/web-push/subscription": WebPushSubscription;
  "GET /api/welcome": Link;
  "POST /api/welcome": Entrance;
}

/** `data` of the push socket's frames, by `type`; names as the log has them. */
export interface Pushed {
  "chat.changed": ChatChanged;
  "dialog.changed": DialogChanged;
  "dialog.read": DialogRead;
  "draft.changed": DraftChanged;
  "line.client": LineClientChanged;
  "line.session": LineSessionChanged;
  "members.joined": MembersJoined;
  "members.left": MembersLeft;
  "message.added": MessageAdded;
  "message.changed": MessageChanged;
  "message.deleted": MessageDeleted;
  "message.liked": MessageLiked;
  "notification.added": NotificationAdded;
  "notification.deleted": NotificationsDeleted;
  "notification.read": NotificationsRead;
  "person.status": PersonStatus;
  "person.updated": PersonUpdated;
  "settings.changed": SettingsChanged;
  "typing.started": TypingStarted;
}
