package chat.talk.http.internal.json;

import java.nio.charset.StandardCharsets;

/** A text and how far it was read: knows the strings, numbers and literals of JSON. */
final class JsonText {
  private final byte[] text;
  private int at;

  /** Begins before a text of Unicode, such as was UTF-8 before. */
  JsonText(String text) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
  }

  int at() {
    return at;
  }

  void goTo(int place) {
    at = place;
  }

  boolean isAtEnd() {
    return at >= text.length;
  }

  /** What comes next, without going there; a space at the end. */
  byte next() {
    return at < text.length ? text[at] : (byte) ' ';
  }

  boolean is(char expected) {
    return at < text.length && text[at] == expected;
  }

  /** Goes on behind one character, whichever it is. */
  void pass() {
    at++;
  }

  void pass(char expected) {
    if (!is(expected)) {
      throw new JsonIn.Malformed();
    }
    at++;
    skipSpace();
  }

  void skipSpace() {
    while (at < text.length && isSpace(text[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** What stands from a place on that was passed before. */
  String since(int begin) {
    return text(begin, at);
  }

  private String text(int begin, int end) {
    return new String(text, begin, end - begin, StandardCharsets.UTF_8);
  }

  /** Looks whether a literal comes next. */
  void requireLiteral(String literal) {
    if (!stands(literal, at)) {
      throw new JsonIn.Malformed();
    }
  }

  private boolean stands(String ascii, int begin) {
    if (text.length - begin < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (text[begin + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  String number() {
    int begin = at;
    skipNumber();
    return since(begin);
  }

  void skipNumber() {
    if (is('-')) {
      at++;
    }
    if (is('0')) {
      at++;
    } else {
      digits();
    }
    if (is('.')) {
      at++;
      digits();
    }
    if (is('e') || is('E')) {
      at++;
      if (is('+') || is('-')) {
        at++;
      }
      digits();
    }
    requireBreak();
  }

  private void digits() {
    int begin = at;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at == begin) {
      throw new JsonIn.Malformed();
    }
  }

  /** What comes behind a number is no part of it. */
  private void requireBreak() {
    boolean goesOn = !isAtEnd() && !isSpace(text[at]);
    if (goesOn && !is(',') && !is('}') && !is(']')) {
      throw new JsonIn.Malformed();
    }
  }

  /** Reads a string, whose quotation mark comes next. */
  String string() {
    int begin = ++at;
    at = endOfPlain(at);
    return is('"') ? text(begin, at++) : escaped(begin);
  }

  /** The string that begins at a place where one was passed before. */
  String stringAt(int begin) {
    int now = at;
    at = begin;
    String string = string();
    at = now;
    return string;
  }

  /** Passes over a string if it is this one, of plain characters and written as such. */
  boolean skipString(String plain) {
    int end = at + 1 + plain.length();
    boolean isThere = end < text.length && text[end] == '"' && stands(plain, at + 1);
    at = isThere ? end + 1 : at;
    return isThere;
  }

  /** Passes over any string, and tells whether there is no escape in it. */
  boolean skipString() {
    at = endOfPlain(at + 1);
    boolean isPlain = is('"');
    while (!is('"')) {
      escape();
      at = endOfPlain(at);
    }
    at++;
    return isPlain;
  }

  private String escaped(int begin) {
    StringBuilder value = new StringBuilder();
    int from = begin;
    while (!is('"')) {
      value.append(text(from, at)).append(escape());
      from = at;
      at = endOfPlain(at);
    }
    return value.append(text(from, at++)).toString();
  }

  /** Where, from a place in a string on, something stands that isn't itself; or the text's end. */
  private int endOfPlain(int from) {
    int i = from;
    for (; i + Long.BYTES <= text.length; i += Long.BYTES) {
      long found = EightBytes.specials(EightBytes.at(text, i));
      if (found != 0) {
        return i + EightBytes.first(found);
      }
    }
    while (i < text.length && isPlain(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean isPlain(byte utf8) {
    return (utf8 < 0 || utf8 >= ' ') && utf8 != '"' && utf8 != '\\';
  }

  private char escape() {
    if (!isAtEnd() && !is('\\')) {
      throw new JsonIn.Malformed("a bare control character at " + at);
    }
    at++;
    byte kind = next();
    at++;
    return switch (kind) {
      case '"' -> '"';
      case '\\' -> '\\';
      case '/' -> '/';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw new JsonIn.Malformed();
    };
  }

  private char unit() {
    if (text.length - at < 4) {
      throw new JsonIn.Malformed();
    }
    int unit = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = Character.digit(text[at], 16);
      if (digit < 0) {
        throw new JsonIn.Malformed();
      }
      unit = (unit << 4) | digit;
    }
    return (char) unit;
  }
}
