-- Times are microseconds since 1970-01-01 UTC. A cursor is two columns: the epoch of the log's life, and a place in it.

-- MariaDB and MySQL commit each statement by itself: all of them can be made again when one has failed.

-- One log per chat, also of chats between peers, which have no other row.
CREATE TABLE IF NOT EXISTS logs (
  log BIGINT PRIMARY KEY,
  chat VARCHAR(129) NOT NULL UNIQUE,
  epoch BIGINT NOT NULL,
  -- No message up to this place has a text.
  expired BIGINT NOT NULL DEFAULT 0
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- All that happened in a chat, in its order. The views "messages" and "audit" are easier to read.
CREATE TABLE IF NOT EXISTS entries (
  log BIGINT NOT NULL,
  place BIGINT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  author VARCHAR(64) NOT NULL,
  id VARCHAR(64) NOT NULL,
  time BIGINT NOT NULL,
  -- What a message or an edit says, a chat's title, or why something was decided.
  text LONGTEXT NOT NULL,
  -- Of a message: null as long as it is as it was first said.
  revision VARCHAR(16),
  -- The message that a comment, an edit or an erasure is about.
  about_author VARCHAR(64),
  about_id VARCHAR(64),
  -- Who joined, left, owns the chat now, or was decided about.
  subject VARCHAR(64),
  -- What was decided.
  action LONGTEXT,
  -- Behind the message that was edited, or the last one that expired.
  to_epoch BIGINT,
  to_place BIGINT,
  -- What a message carries: its text as a whole when there is no name, a file otherwise. The bytes are in the blob store.
  file_name VARCHAR(255),
  file_type VARCHAR(255),
  file_digest VARCHAR(64),
  file_size BIGINT,
  PRIMARY KEY (log, place),
  -- The id comes first: new ids grow with time, so that new keys stand together at the index's end.
  UNIQUE INDEX entries_by_key (id, author),
  INDEX entries_by_about (about_id, about_author, log, place)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- How far a peer has read.
CREATE TABLE IF NOT EXISTS positions (
  reader VARCHAR(64) NOT NULL,
  chat VARCHAR(129) NOT NULL,
  epoch BIGINT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (reader, chat)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS users (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL,
  -- A bcrypt hash.
  password VARCHAR(255),
  reports BIGINT NOT NULL,
  banned_until BIGINT
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The devices of users; a token itself is nowhere, only its digest.
CREATE TABLE IF NOT EXISTS tokens (
  device VARCHAR(64) NOT NULL PRIMARY KEY,
  owner VARCHAR(64) NOT NULL,
  digest VARCHAR(64) NOT NULL,
  since BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS chats (
  id VARCHAR(129) NOT NULL PRIMARY KEY,
  kind VARCHAR(16) NOT NULL,
  title LONGTEXT NOT NULL,
  owner VARCHAR(64),
  since BIGINT NOT NULL,
  closed BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Who is or was in a chat, what he may read of it (stretches "after..upTo" of cursors, the last one open while he is a
-- member), and how far he has read.
CREATE TABLE IF NOT EXISTS members (
  chat VARCHAR(129) NOT NULL,
  member VARCHAR(64) NOT NULL,
  ranges LONGTEXT NOT NULL,
  read_epoch BIGINT NOT NULL,
  read_place BIGINT NOT NULL,
  PRIMARY KEY (chat, member),
  INDEX members_by_member (member)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- How far a chat has been delivered to a device.
CREATE TABLE IF NOT EXISTS delivered (
  device VARCHAR(64) NOT NULL,
  chat VARCHAR(129) NOT NULL,
  epoch BIGINT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (device, chat)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- How much of a limit is used up.
CREATE TABLE IF NOT EXISTS limit_windows (
  member VARCHAR(64) NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL,
  used BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- When a stretch of a chat had reached everybody: its time to live began between "since" and "until".
CREATE TABLE IF NOT EXISTS reached (
  chat VARCHAR(129) NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (chat, since)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS invitations (
  chat VARCHAR(129) NOT NULL,
  invited VARCHAR(64) NOT NULL,
  title LONGTEXT NOT NULL,
  inviter VARCHAR(64) NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (chat, invited)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- A link's id is the digest of its secret.
CREATE TABLE IF NOT EXISTS links (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  chat VARCHAR(129) NOT NULL,
  expires BIGINT NOT NULL,
  uses BIGINT NOT NULL,
  revoked BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS join_requests (
  chat VARCHAR(129) NOT NULL,
  requester VARCHAR(64) NOT NULL,
  link VARCHAR(64) NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (chat, requester)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS schedule (
  author VARCHAR(64) NOT NULL,
  id VARCHAR(64) NOT NULL,
  -- One of the two.
  to_user VARCHAR(64),
  to_chat VARCHAR(129),
  text LONGTEXT NOT NULL,
  about_author VARCHAR(64),
  about_id VARCHAR(64),
  file_name VARCHAR(255),
  file_type VARCHAR(255),
  file_digest VARCHAR(64),
  file_size BIGINT,
  due BIGINT NOT NULL,
  state VARCHAR(16) NOT NULL,
  refusal VARCHAR(64),
  ended BIGINT,
  PRIMARY KEY (author, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS reports (
  reporter VARCHAR(64) NOT NULL,
  author VARCHAR(64) NOT NULL,
  id VARCHAR(64) NOT NULL,
  reason LONGTEXT NOT NULL,
  time BIGINT NOT NULL,
  spent BIGINT NOT NULL,
  PRIMARY KEY (reporter, author, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Which messages, also scheduled ones, refer to which bytes in the blob store.
CREATE TABLE IF NOT EXISTS files (
  author VARCHAR(64) NOT NULL,
  id VARCHAR(64) NOT NULL,
  chat VARCHAR(129) NOT NULL,
  digest VARCHAR(64) NOT NULL,
  size BIGINT NOT NULL,
  time BIGINT NOT NULL,
  PRIMARY KEY (author, id),
  INDEX files_by_digest (digest)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- The registry's users: where they live, and the digest of the secret that claims the name.
CREATE TABLE IF NOT EXISTS registrations (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  protocol VARCHAR(255) NOT NULL,
  host VARCHAR(255) NOT NULL,
  port BIGINT NOT NULL,
  claim VARCHAR(255),
  revision BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE OR REPLACE VIEW messages AS
  SELECT l.chat, e.place, TIMESTAMP('1970-01-01') + INTERVAL e.time MICROSECOND AS time,
         e.author, e.id, e.text, COALESCE(e.revision, 'ORIGINAL') AS revision, e.about_author, e.about_id,
         e.file_name, e.file_type, e.file_digest, e.file_size
    FROM entries e JOIN logs l ON l.log = e.log
   WHERE e.kind = 'message';

CREATE OR REPLACE VIEW audit AS
  SELECT e.place, TIMESTAMP('1970-01-01') + INTERVAL e.time MICROSECOND AS time,
         e.author AS decided_by, e.action, e.subject, e.text AS reason
    FROM entries e
   WHERE e.kind = 'decided';

-- Who has read how far, and how many messages of others lie behind that.
CREATE OR REPLACE VIEW unread AS
  SELECT m.member, m.chat, m.read_place,
         (SELECT COUNT(*)
            FROM entries e
           WHERE e.log = l.log AND e.place > m.read_place AND e.kind = 'message' AND e.author <> m.member
             AND (e.revision IS NULL OR e.revision = 'EDITED')) AS messages
    FROM members m LEFT JOIN logs l ON l.chat = m.chat
   WHERE m.ranges LIKE '%..';
