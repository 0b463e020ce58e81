-- Times are microseconds since 1970-01-01 UTC. A cursor is two columns: the epoch of the log's life, and a place in it.

-- How many commits there were, in the one row, which the file "…-commits" beside the database is compared with.
CREATE TABLE commits (
  row INTEGER PRIMARY KEY CHECK (row = 1),
  -- Tells this database from others.
  identity INTEGER NOT NULL,
  number INTEGER NOT NULL
) STRICT;

-- One log per chat, also of chats between peers, which have no other row.
CREATE TABLE logs (
  log INTEGER PRIMARY KEY,
  chat TEXT NOT NULL UNIQUE,
  epoch INTEGER NOT NULL,
  -- No message up to this place has a text.
  expired INTEGER NOT NULL DEFAULT 0
) STRICT;

-- All that happened in a chat, in its order. The views "messages" and "audit" are easier to read.
CREATE TABLE entries (
  log INTEGER NOT NULL REFERENCES logs,
  place INTEGER NOT NULL,
  kind TEXT NOT NULL,
  author TEXT NOT NULL,
  id TEXT NOT NULL,
  time INTEGER NOT NULL,
  -- What a message or an edit says, a chat's title, or why something was decided.
  text TEXT NOT NULL DEFAULT '',
  -- Of a message: null as long as it is as it was first said.
  revision TEXT,
  -- The message that a comment, an edit or an erasure is about.
  about_author TEXT,
  about_id TEXT,
  -- Who joined, left, owns the chat now, or was decided about.
  subject TEXT,
  -- What was decided.
  action TEXT,
  -- Behind the message that was edited, or the last one that expired.
  to_epoch INTEGER,
  to_place INTEGER,
  -- What a message carries: its text as a whole when there is no name, a file otherwise. The bytes are in the blob store.
  file_name TEXT,
  file_type TEXT,
  file_digest TEXT,
  file_size INTEGER,
  PRIMARY KEY (log, place)
) STRICT, WITHOUT ROWID;

-- The id comes first: new ids grow with time, so that new keys stand together at the index's end.
CREATE UNIQUE INDEX entries_by_key ON entries (id, author);

CREATE INDEX entries_by_about ON entries (about_id, about_author, log, place) WHERE about_id IS NOT NULL;

-- How far a peer has read.
CREATE TABLE positions (
  reader TEXT NOT NULL,
  chat TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (reader, chat)
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  name TEXT NOT NULL PRIMARY KEY,
  since INTEGER NOT NULL,
  -- A bcrypt hash.
  password TEXT,
  reports INTEGER NOT NULL,
  banned_until INTEGER
) STRICT, WITHOUT ROWID;

-- The devices of users; a token itself is nowhere, only its digest.
CREATE TABLE tokens (
  device TEXT NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,
  digest TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE chats (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  owner TEXT,
  since INTEGER NOT NULL,
  closed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who is or was in a chat, what he may read of it (stretches "after..upTo" of cursors, the last one open while he is a
-- member), and how far he has read.
CREATE TABLE members (
  chat TEXT NOT NULL,
  member TEXT NOT NULL,
  ranges TEXT NOT NULL,
  read_epoch INTEGER NOT NULL,
  read_place INTEGER NOT NULL,
  PRIMARY KEY (chat, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX members_by_member ON members (member);

-- How far a chat has been delivered to a device.
CREATE TABLE delivered (
  device TEXT NOT NULL,
  chat TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (device, chat)
) STRICT, WITHOUT ROWID;

-- How much of a limit is used up.
CREATE TABLE limit_windows (
  member TEXT NOT NULL PRIMARY KEY,
  since INTEGER NOT NULL,
  used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When a stretch of a chat had reached everybody: its time to live began between "since" and "until".
CREATE TABLE reached (
  chat TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (chat, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
  chat TEXT NOT NULL,
  invited TEXT NOT NULL,
  title TEXT NOT NULL,
  inviter TEXT NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (chat, invited)
) STRICT, WITHOUT ROWID;

-- A link's id is the digest of its secret.
CREATE TABLE links (
  id TEXT NOT NULL PRIMARY KEY,
  chat TEXT NOT NULL,
  expires INTEGER NOT NULL,
  uses INTEGER NOT NULL,
  revoked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE join_requests (
  chat TEXT NOT NULL,
  requester TEXT NOT NULL,
  link TEXT NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (chat, requester)
) STRICT, WITHOUT ROWID;

CREATE TABLE schedule (
  author TEXT NOT NULL,
  id TEXT NOT NULL,
  -- One of the two.
  to_user TEXT,
  to_chat TEXT,
  text TEXT NOT NULL,
  about_author TEXT,
  about_id TEXT,
  file_name TEXT,
  file_type TEXT,
  file_digest TEXT,
  file_size INTEGER,
  due INTEGER NOT NULL,
  state TEXT NOT NULL,
  refusal TEXT,
  ended INTEGER,
  PRIMARY KEY (author, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (
  reporter TEXT NOT NULL,
  author TEXT NOT NULL,
  id TEXT NOT NULL,
  reason TEXT NOT NULL,
  time INTEGER NOT NULL,
  spent INTEGER NOT NULL,
  PRIMARY KEY (reporter, author, id)
) STRICT, WITHOUT ROWID;

-- Which messages, also scheduled ones, refer to which bytes in the blob store.
CREATE TABLE files (
  author TEXT NOT NULL,
  id TEXT NOT NULL,
  chat TEXT NOT NULL,
  digest TEXT NOT NULL,
  size INTEGER NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (author, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX files_by_digest ON files (digest);

-- The registry's users: where they live, and the digest of the secret that claims the name.
CREATE TABLE registrations (
  name TEXT NOT NULL PRIMARY KEY,
  protocol TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  claim TEXT,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW messages AS
  SELECT l.chat, e.place, strftime('%Y-%m-%d %H:%M:%f', e.time / 1000000.0, 'unixepoch') AS time,
         e.author, e.id, e.text, COALESCE(e.revision, 'ORIGINAL') AS revision, e.about_author, e.about_id,
         e.file_name, e.file_type, e.file_digest, e.file_size
    FROM entries e JOIN logs l ON l.log = e.log
   WHERE e.kind = 'message';

CREATE VIEW audit AS
  SELECT e.place, strftime('%Y-%m-%d %H:%M:%f', e.time / 1000000.0, 'unixepoch') AS time,
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
