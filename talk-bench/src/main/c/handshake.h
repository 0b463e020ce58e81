/* How a server agrees to speak WebSocket. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint32_t rotate(uint32_t value, int bits) { return value << bits | value >> (32 - bits); }

/* SHA-1 of less than 120 bytes. */
static void sha1(const char *text, size_t length, uint8_t digest[20]) {
  uint32_t hash[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  uint8_t data[128] = {0};
  size_t blocks = length < 56 ? 1 : 2;
  memcpy(data, text, length);
  data[length] = 0x80;
  data[64 * blocks - 2] = length >> 5;
  data[64 * blocks - 1] = length << 3;
  for (const uint8_t *block = data; block < data + 64 * blocks; block += 64) {
    uint32_t w[80], a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4];
    for (int i = 0; i < 80; i++) {
      const uint8_t *at = block + 4 * i;
      w[i] = i < 16 ? (uint32_t)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3]
                    : rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
      uint32_t f = i < 20   ? ((b & c) | (~b & d)) + 0x5a827999
                   : i < 40 ? (b ^ c ^ d) + 0x6ed9eba1
                   : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
                            : (b ^ c ^ d) + 0xca62c1d6;
      uint32_t next = rotate(a, 5) + f + e + w[i];
      e = d, d = c, c = rotate(b, 30), b = a, a = next;
    }
    hash[0] += a, hash[1] += b, hash[2] += c, hash[3] += d, hash[4] += e;
  }
  for (int i = 0; i < 20; i++) {
    digest[i] = hash[i / 4] >> (24 - 8 * (i % 4));
  }
}

static void base64(const uint8_t bytes[20], char text[29]) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int i = 0; i < 7; i++) {
    uint32_t three = bytes[3 * i] << 16 | bytes[3 * i + 1] << 8 | (i < 6 ? bytes[3 * i + 2] : 0);
    for (int j = 0; j < 4; j++) {
      text[4 * i + j] = digits[three >> (18 - 6 * j) & 63];
    }
  }
  memcpy(text + 27, "=", 2);
}

/* Answers the head of a request, which ends with 0; returns the answer's length, 0 to refuse it. */
static int agree(const char *request, char *out, size_t size) {
  const char *key = strcasestr(request, "\r\nSec-WebSocket-Key:");
  char text[64 + 36] = "", accept[29];
  uint8_t digest[20];
  if (!key || sscanf(key + 20, " %63[A-Za-z0-9+/=]", text) != 1) {
    return 0;
  }
  strcat(text, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
  sha1(text, strlen(text), digest);
  base64(digest, accept);
  return snprintf(out, size,
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: %s\r\n\r\n", accept);
}
