/* What is said in rooms, and how far each client has got. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT = 64 * 1024 - 1, NAME = 64 };
enum { TEXT = 1, CLOSE = 8, FIN = 0x80, MASKED = 0x80, SHORT = 125, TWO_BYTES = 126 };

struct room {
  char name[NAME];
  struct room *next, *next_changed;
  bool is_changed;
  struct client **members;
  size_t count, capacity;
  /* Frames; the first byte of them is number `begin` of all that the room has ever said. */
  char *frames;
  uint64_t begin;
  size_t length, size;
};

struct client {
  int fd;
  bool is_open, is_full;
  /* What has come of something that isn't there to its end; usually none. */
  uint32_t rest_length;
  char *rest;
  struct room *room;
  uint32_t index;
  uint64_t place;
};

static struct room *rooms, *changed;

static void *need(void *memory) {
  if (!memory) {
    perror("limit");
    exit(1);
  }
  return memory;
}

static struct room *find_room(const char *name, size_t length) {
  struct room *room = rooms;
  while (room && (strlen(room->name) != length || memcmp(room->name, name, length))) {
    room = room->next;
  }
  if (!room) {
    room = need(calloc(1, sizeof *room));
    memcpy(room->name, name, length);
    room->next = rooms;
    rooms = room;
  }
  return room;
}

/* Hears what is said from now on. */
static void enter(struct client *client, struct room *room) {
  if (room->count == room->capacity) {
    room->capacity = 2 * room->capacity + 4;
    room->members = need(realloc(room->members, room->capacity * sizeof *room->members));
  }
  client->room = room;
  client->place = room->begin + room->length;
  client->index = room->count;
  room->members[room->count++] = client;
}

static void leave(struct client *client) {
  struct room *room = client->room;
  if (room) {
    room->members[client->index] = room->members[--room->count];
    room->members[client->index]->index = client->index;
  }
}

/* Writes a text behind what the room has said. */
static void say(struct room *room, const char *text, size_t length) {
  if (room->length + length + 4 > room->size) {
    room->size = 2 * (room->size + length) + MAX_TEXT;
    room->frames = need(realloc(room->frames, room->size));
  }
  char *out = room->frames + room->length;
  *out++ = (char)(FIN | TEXT);
  if (length <= SHORT) {
    *out++ = length;
  } else {
    *out++ = TWO_BYTES;
    *out++ = length >> 8;
    *out++ = length;
  }
  memcpy(out, text, length);
  room->length = out + length - room->frames;
  if (!room->is_changed) {
    room->is_changed = true;
    room->next_changed = changed;
    changed = room;
  }
}

/* Lets go of what everybody has got, once that is most of it. */
static void forget(struct room *room) {
  uint64_t end = room->begin + room->length, least = end;
  for (size_t i = 0; i < room->count; i++) {
    least = room->members[i]->place < least ? room->members[i]->place : least;
  }
  if (least - room->begin > room->length / 2) {
    memmove(room->frames, room->frames + (least - room->begin), end - least);
    room->length = end - least;
    room->begin = least;
  }
}
