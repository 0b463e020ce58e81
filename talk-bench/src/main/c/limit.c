/*
 * The least that a broadcast over WebSocket takes: one thread, epoll, frames encoded once into one
 * buffer for each room, a place in it for each connection, one send for all that is pending.
 * Nothing is stored. A client's first text is "join" and a room's name; each one after that goes to
 * all who are in the room.
 *
 * Usage: limit PORT. Listens at 127.0.0.1, and ends when its standard input does.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "handshake.h"
#include "rooms.h"

enum { EVENTS = 1024, RECEIVE = 128 * 1024, MAX_REST = MAX_TEXT + 16, BACKLOG = 4096 };

static char received[RECEIVE + MAX_REST];

/* At the beginning of a connection, when all of it fits into the socket's buffer. */
static bool answer(struct client *client, const char *bytes, size_t length) {
  return send(client->fd, bytes, length, MSG_NOSIGNAL) == (ssize_t)length;
}

/* Agrees to speak WebSocket; returns how much of the data is used, less than 0 to close. */
static ssize_t open_client(struct client *client, char *data, size_t length) {
  char *end = memmem(data, length, "\r\n\r\n", 4), head[256];
  if (!end) {
    return 0;
  }
  *end = 0;
  client->is_open = true;
  int written = agree(data, head, sizeof head);
  return written > 0 && answer(client, head, written) ? end + 4 - data : -1;
}

static bool join(struct client *client, const char *text, size_t length) {
  if (length < 6 || length >= 5 + NAME || memcmp(text, "join ", 5)) {
    return false;
  }
  enter(client, find_room(text + 5, length - 5));
  return answer(client, "\x81\x06joined", 8);
}

/*
 * Takes one frame; returns how much of the data is used, less than 0 to close. Nobody pings here,
 * so that pings are passed over.
 */
static ssize_t take_frame(struct client *client, char *data, size_t length) {
  if (length < 6) {
    return 0;
  }
  size_t size = data[1] & 0x7f, at = 2;
  if (size == TWO_BYTES) {
    size = (uint8_t)data[2] << 8 | (uint8_t)data[3];
    at = 4;
  }
  /* A text comes in one frame, and nothing as long as would need eight bytes. */
  if (!(data[0] & FIN) || !(data[1] & MASKED) || size == TWO_BYTES + 1) {
    return -1;
  }
  char *text = data + at + 4;
  if (length < at + 4 + size) {
    return 0;
  }
  for (size_t i = 0; i < size; i++) {
    text[i] ^= data[at + i % 4];
  }
  int opcode = data[0] & 0x0f;
  bool is_fine = opcode != CLOSE;
  if (opcode == TEXT && !client->room) {
    is_fine = join(client, text, size);
  } else if (opcode == TEXT) {
    say(client->room, text, size);
  }
  return is_fine ? (ssize_t)(at + 4 + size) : -1;
}

static void end_client(struct client *client) {
  leave(client);
  close(client->fd);
  free(client->rest);
  free(client);
}

/* Keeps what isn't used for when more of it comes. */
static void keep(struct client *client, const char *data, size_t length) {
  if (length != client->rest_length) {
    free(client->rest);
    client->rest = length ? need(malloc(length)) : NULL;
  }
  if (length) {
    memcpy(client->rest, data, length);
  }
  client->rest_length = length;
}

/* Understands all that is there; returns whether the connection goes on. */
static bool understand(struct client *client, char *data, size_t length) {
  size_t used = 0;
  ssize_t step;
  do {
    step = client->is_open ? take_frame(client, data + used, length - used)
                           : open_client(client, data + used, length - used);
    used += step > 0 ? step : 0;
  } while (step > 0);
  bool goes_on = step == 0 && length - used < MAX_REST;
  if (goes_on) {
    keep(client, data + used, length - used);
  }
  return goes_on;
}

/*
 * Reads until there is no more; returns whether the connection goes on. Of an end that came together
 * with the last bytes nothing is told again, so that it is read as well.
 */
static bool receive(struct client *client, bool has_end) {
  for (;;) {
    size_t before = client->rest_length;
    if (before) {
      memcpy(received, client->rest, before);
    }
    ssize_t length = recv(client->fd, received + before, RECEIVE, 0);
    if (length < 0 && errno == EAGAIN) {
      return true;
    }
    if (length <= 0 || !understand(client, received, before + length)) {
      return false;
    }
    if (length < RECEIVE && !has_end) {
      return true;
    }
  }
}

/* Sends all that is pending, as far as it can be taken; returns whether the connection goes on. */
static bool send_pending(struct client *client) {
  struct room *room = client->room;
  size_t from = client->place - room->begin;
  if (from == room->length) {
    return true;
  }
  ssize_t sent = send(client->fd, room->frames + from, room->length - from, MSG_NOSIGNAL);
  client->is_full = sent < (ssize_t)(room->length - from);
  client->place += sent > 0 ? sent : 0;
  return sent > 0 || errno == EAGAIN;
}

/* What was said goes out, once all that had come is read. */
static void end_turn(void) {
  while (changed) {
    struct room *room = changed;
    changed = room->next_changed;
    room->is_changed = false;
    for (size_t i = room->count; i-- > 0;) {
      struct client *client = room->members[i];
      if (!client->is_full && !send_pending(client)) {
        end_client(client);
      }
    }
    forget(room);
  }
}

static void watch(int epoll, int fd, uint32_t events, void *of) {
  struct epoll_event event = {.events = events, .data.ptr = of};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event)) {
    perror("limit");
    exit(1);
  }
}

static void accept_all(int epoll, int listener) {
  int fd, one = 1;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct client *client = need(calloc(1, sizeof *client));
    client->fd = fd;
    watch(epoll, fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, client);
  }
}

static void serve(struct client *client, uint32_t events) {
  bool goes_on = true;
  if (events & EPOLLOUT && client->is_full) {
    client->is_full = false;
    goes_on = send_pending(client);
  }
  if (!goes_on || (events & ~EPOLLOUT && !receive(client, events & EPOLLRDHUP))) {
    end_client(client);
  }
}

static int listen_at(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, BACKLOG)) {
    perror("limit");
    exit(1);
  }
  return listener;
}

int main(int count, char **arguments) {
  struct epoll_event events[EVENTS];
  int epoll = epoll_create1(0), listener = listen_at(count == 2 ? atoi(arguments[1]) : 0);
  watch(epoll, listener, EPOLLIN, &rooms);
  watch(epoll, STDIN_FILENO, EPOLLIN, NULL);
  for (;;) {
    int ready = epoll_wait(epoll, events, EVENTS, -1);
    for (int i = 0; i < ready; i++) {
      if (!events[i].data.ptr) {
        return 0;
      }
      if (events[i].data.ptr == &rooms) {
        accept_all(epoll, listener);
      } else {
        serve(events[i].data.ptr, events[i].events);
      }
    }
    end_turn();
  }
}
