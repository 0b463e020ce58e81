-- Times are microseconds since 1970-01-01 UTC. A cursor is two columns: the epoch of the log's life, and a place in it.

-- One log per chat, also of chats between peers, which have no other row.
CREATE TABLE logs (
  log BIGINT PRIMARY KEY,
  chat TEXT COLLATE "C" NOT NULL UNIQUE,
  epoch BIGINT NOT NULL,
  -- No message up to this place has a text.
  expired BIGINT NOT NULL DEFAULT 0
);

-- All that happened in a chat, in its order. The views "messages" and "audit" are easier to read.
CREATE TABLE entries (
  log BIGINT NOT NULL,
  place BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  author TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  time BIGINT NOT NULL,
  -- What a message or an edit says, a chat's title, or why something was decided.
  text TEXT COLLATE "C" NOT NULL DEFAULT '',
  -- Of a message: null as long as it is as it was first said.
  revision TEXT COLLATE "C",
  -- The message that a comment, an edit or an erasure is about.
  about_author TEXT COLLATE "C",
  about_id TEXT COLLATE "C",
  -- Who joined, left, owns the chat now, or was decided about.
  subject TEXT COLLATE "C",
  -- What was decided.
  action TEXT COLLATE "C",
  -- Behind the message that was edited, or the last one that expired.
  to_epoch BIGINT,
  to_place BIGINT,
  -- What a message carries: its text as a whole when there is no name, a file otherwise. The bytes are in the blob store.
  file_name TEXT COLLATE "C",
  file_type TEXT COLLATE "C",
  file_digest TEXT COLLATE "C",
  file_size BIGINT,
  PRIMARY KEY (log, place)
);

-- The id comes first: new ids grow with time, so that new keys stand together at the index's end.
CREATE UNIQUE INDEX entries_by_key ON entries (id, author);

CREATE INDEX entries_by_about ON entries (about_id, about_author, log, place) WHERE about_id IS NOT NULL;

-- How far a peer has read.
CREATE TABLE positions (
  reader TEXT COLLATE "C" NOT NULL,
  chat TEXT COLLATE "C" NOT NULL,
  epoch BIGINT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (reader, chat)
);

CREATE TABLE users (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL,
  -- A bcrypt hash.
  password TEXT COLLATE "C",
  reports BIGINT NOT NULL,
  banned_until BIGINT
);

-- The devices of users; a token itself is nowhere, only its digest.
CREATE TABLE tokens (
  device TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  owner TEXT COLLATE "C" NOT NULL,
  digest TEXT COLLATE "C" NOT NULL,
  since BIGINT NOT NULL
);

CREATE TABLE chats (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  kind TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  owner TEXT COLLATE "C",
  since BIGINT NOT NULL,
  closed BIGINT NOT NULL
);

-- Who is or was in a chat, what he may read of it (stretches "after..upTo" of cursors, the last one open while he is a
-- member), and how far he has read.
CREATE TABLE members (
  chat TEXT COLLATE "C" NOT NULL,
  member TEXT COLLATE "C" NOT NULL,
  ranges TEXT COLLATE "C" NOT NULL,
  read_epoch BIGINT NOT NULL,
  read_place BIGINT NOT NULL,
  PRIMARY KEY (chat, member)
);

CREATE INDEX members_by_member ON members (member);

-- How far a chat has been delivered to a device.
CREATE TABLE delivered (
  device TEXT COLLATE "C" NOT NULL,
  chat TEXT COLLATE "C" NOT NULL,
  epoch BIGINT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (device, chat)
);

-- How much of a limit is used up.
CREATE TABLE limit_windows (
  member TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL,
  used BIGINT NOT NULL
);

-- When a stretch of a chat had reached everybody: its time to live began between "since" and "until".
CREATE TABLE reached (
  chat TEXT COLLATE "C" NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (chat, since)
);

CREATE TABLE invitations (
  chat TEXT COLLATE "C" NOT NULL,
  invited TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  inviter TEXT COLLATE "C" NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (chat, invited)
);

-- A link's id is the digest of its secret.
CREATE TABLE links (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  chat TEXT COLLATE "C" NOT NULL,
  expires BIGINT NOT NULL,
  uses BIGINT NOT NULL,
  revoked BIGINT NOT NULL
);

CREATE TABLE join_requests (
  chat TEXT COLLATE "C" NOT NULL,
  requester TEXT COLLATE "C" NOT NULL,
  link TEXT COLLATE "C" NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (chat, requester)
);

CREATE TABLE schedule (
  author TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  -- One of the two.
  to_user TEXT COLLATE "C",
  to_chat TEXT COLLATE "C",
  text TEXT COLLATE "C" NOT NULL,
  about_author TEXT COLLATE "C",
  about_id TEXT COLLATE "C",
  file_name TEXT COLLATE "C",
  file_type TEXT COLLATE "C",
  file_digest TEXT COLLATE "C",
  file_size BIGINT,
  due BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  refusal TEXT COLLATE "C",
  ended BIGINT,
  PRIMARY KEY (author, id)
);

CREATE TABLE reports (
  reporter TEXT COLLATE "C" NOT NULL,
  author TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  reason TEXT COLLATE "C" NOT NULL,
  time BIGINT NOT NULL,
  spent BIGINT NOT NULL,
  PRIMARY KEY (reporter, author, id)
);

-- Which messages, also scheduled ones, refer to which bytes in the blob store.
CREATE TABLE files (
  author TEXT COLLATE "C" NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  chat TEXT COLLATE "C" NOT NULL,
  digest TEXT COLLATE "C" NOT NULL,
  size BIGINT NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (author, id)
);

CREATE INDEX files_by_digest ON files (digest);

-- The registry's users: where they live, and the digest of the secret that claims the name.
CREATE TABLE registrations (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  protocol TEXT COLLATE "C" NOT NULL,
  host TEXT COLLATE "C" NOT NULL,
  port BIGINT NOT NULL,
  claim TEXT COLLATE "C",
  revision BIGINT NOT NULL
);

CREATE VIEW messages AS
  SELECT l.chat, e.place, TIMESTAMP '1970-01-01' + e.time * INTERVAL '1 microsecond' AS time,
         e.author, e.id, e.text, COALESCE(e.revision, 'ORIGINAL') AS revision, e.about_author, e.about_id,
         e.file_name, e.file_type, e.file_digest, e.file_size
    FROM entries e JOIN logs l ON l.log = e.log
   WHERE e.kind = 'message';

CREATE VIEW audit AS
  SELECT e.place, TIMESTAMP '1970-01-01' + e.time * INTERVAL '1 microsecond' AS time,
         e.author AS decided_by, e.action, e.subject, e.text AS reason
    FROM entries e
   WHERE e.kind = 'decided';

-- Who has read how far, and how many messages of others lie behind that.
CREATE VIEW unread AS
  SELECT m.member, m.chat, m.read_place,
         (SELECT COUNT(*)
            FROM entries e
           WHERE e.log = l.log AND e.place > m.read_place AND e.kind = 'message' AND e.author <> m.member
             AND (e.revision IS NULL OR e.revision = 'EDITED')) AS messages
    FROM members m LEFT JOIN logs l ON l.chat = m.chat
   WHERE m.ranges LIKE '%..';
