package chat.talk.http.internal.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jetbrains.annotations.Nullable;

/**
 * Reads JSON (RFC 8259, and nothing more) piece by piece: every frame of every client goes through
 * here. Whoever calls it asks what comes next before he takes it.
 */
final class JsonIn {
  /** Whoever nests deeper has something else in mind than a message. */
  private static final int MAX_DEPTH = 255;

  private static final int FIRST_DEPTH = 8;

  private final String text;
  private int at;

  /** How many objects and arrays are open, and the whole text around them. */
  private int depth = 1;

  private Scope[] scopes = new Scope[FIRST_DEPTH];

  /** The name in each open object that was read last, null before the first. */
  private @Nullable String[] names = new String[FIRST_DEPTH];

  /** Which element of each open array was begun last. */
  private int[] elements = new int[FIRST_DEPTH];

  /** What comes next, and begins at {@link #at}; null when nobody has looked yet. */
  private @Nullable Token next;

  /** What may come next. */
  enum Token {
    BEGIN_OBJECT,
    END_OBJECT,
    BEGIN_ARRAY,
    END_ARRAY,
    NAME,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL,
    END
  }

  /** What the reader is in, and whether something was read there before. */
  private enum Scope {
    NOTHING_READ,
    ALL_READ,
    EMPTY_OBJECT,
    OBJECT,
    NAMED,
    EMPTY_ARRAY,
    ARRAY
  }

  /** The text is no JSON. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** One for what is only known to be wrong. */
    Malformed() {
      this("");
    }

    Malformed(String how) {
      super(how, null, false, false);
    }
  }

  JsonIn(String text) {
    this.text = text;
    scopes[0] = Scope.NOTHING_READ;
  }

  /** What comes next; throws {@link Malformed}, as all that follows, when nothing can. */
  Token peek() {
    Token known = next;
    if (known == null) {
      known = look();
      next = known;
    }
    return known;
  }

  /** Whether another field or element comes before the end of the object or array. */
  boolean hasNext() {
    Token coming = peek();
    return coming != Token.END_OBJECT && coming != Token.END_ARRAY && coming != Token.END;
  }

  void beginObject() {
    take(Token.BEGIN_OBJECT);
    at++;
    open(Scope.EMPTY_OBJECT);
  }

  void endObject() {
    take(Token.END_OBJECT);
    at++;
    depth--;
  }

  void beginArray() {
    take(Token.BEGIN_ARRAY);
    at++;
    open(Scope.EMPTY_ARRAY);
  }

  void endArray() {
    take(Token.END_ARRAY);
    at++;
    depth--;
  }

  String nextName() {
    take(Token.NAME);
    String name = string();
    named(name);
    return name;
  }

  /** Takes the next name if it is one of these, and tells which; less than 0 when it is none. */
  int selectName(String... known) {
    take(Token.NAME);
    int begin = at + 1;
    for (int i = 0; i < known.length; i++) {
      String name = known[i];
      int end = begin + name.length();
      if (end < text.length() && text.charAt(end) == '"' && text.startsWith(name, begin)) {
        at = end + 1;
        named(name);
        return i;
      }
    }
    String name = string();
    named(name);
    return Arrays.asList(known).indexOf(name);
  }

  private void named(String name) {
    names[depth - 1] = name;
    scopes[depth - 1] = Scope.NAMED;
  }

  String nextString() {
    take(Token.STRING);
    return string();
  }

  /** The number as it stands there. */
  String nextNumber() {
    take(Token.NUMBER);
    int begin = at;
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
    return text.substring(begin, at);
  }

  boolean nextBoolean() {
    take(Token.BOOLEAN);
    boolean value = is('t');
    at += value ? "true".length() : "false".length();
    return value;
  }

  /** Takes a null, if that is what comes next. */
  boolean skipNull() {
    boolean isThere = peek() == Token.NULL;
    if (isThere) {
      take(Token.NULL);
      at += "null".length();
    }
    return isThere;
  }

  /** Passes over the next value. */
  void skipValue() {
    int outside = depth;
    do {
      switch (peek()) {
        case BEGIN_OBJECT -> beginObject();
        case END_OBJECT -> endObject();
        case BEGIN_ARRAY -> beginArray();
        case END_ARRAY -> endArray();
        case NAME -> nextName();
        case STRING -> nextString();
        case NUMBER -> nextNumber();
        case BOOLEAN -> nextBoolean();
        case NULL -> skipNull();
        case END -> throw new Malformed();
      }
    } while (depth > outside);
  }

  /** The next value, as it stands there. */
  String nextSource() {
    peek();
    int begin = at;
    skipValue();
    return text.substring(begin, at);
  }

  /** The next value: a map, a list, a string, a double, a boolean, or null. */
  @Nullable
  Object nextAny() {
    if (skipNull()) {
      return null;
    }
    return switch (peek()) {
      case BEGIN_OBJECT -> nextMap();
      case BEGIN_ARRAY -> nextList();
      case STRING -> nextString();
      case NUMBER -> nextDouble();
      case BOOLEAN -> nextBoolean();
      default -> throw new Malformed();
    };
  }

  private double nextDouble() {
    double number = Double.parseDouble(nextNumber());
    if (Double.isInfinite(number)) {
      throw new Malformed("a number that is too large");
    }
    return number;
  }

  private Map<String, @Nullable Object> nextMap() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    beginObject();
    while (hasNext()) {
      String name = nextName();
      if (fields.containsKey(name)) {
        throw Json.invalid(Json.place(this) + " is given twice");
      }
      fields.put(name, nextAny());
    }
    endObject();
    return fields;
  }

  private List<@Nullable Object> nextList() {
    List<@Nullable Object> values = new ArrayList<>();
    beginArray();
    while (hasNext()) {
      values.add(nextAny());
    }
    endArray();
    return values;
  }

  /** Reads on, and comes back to what comes next now. */
  <T> T ahead(Function<JsonIn, T> reading) {
    Token nextNow = peek();
    int atNow = at;
    int depthNow = depth;
    T read = reading.apply(this);
    next = nextNow;
    at = atNow;
    depth = depthNow;
    return read;
  }

  void requireEnd() {
    if (peek() != Token.END) {
      throw new Malformed("something follows it");
    }
  }

  /** Whether no object and no array is open. */
  boolean isAtTop() {
    return depth == 1;
  }

  /** Where it is, such as {@code address.port} or {@code entries[2].id}; empty at the top. */
  String path() {
    StringBuilder path = new StringBuilder();
    for (int i = 1; i < depth; i++) {
      boolean isArray = scopes[i] == Scope.ARRAY || scopes[i] == Scope.EMPTY_ARRAY;
      if (isArray) {
        path.append('[').append(Math.max(0, elements[i])).append(']');
      } else if (names[i] != null) {
        path.append(path.length() == 0 ? "" : ".").append(names[i]);
      }
    }
    return path.toString();
  }

  private void take(Token expected) {
    if (peek() != expected) {
      throw new IllegalStateException("there is no " + expected + " at " + at);
    }
    next = null;
  }

  private void open(Scope scope) {
    if (depth == MAX_DEPTH) {
      throw new Malformed("nested too deep");
    }
    if (depth == scopes.length) {
      scopes = Arrays.copyOf(scopes, 2 * depth);
      names = Arrays.copyOf(names, 2 * depth);
      elements = Arrays.copyOf(elements, 2 * depth);
    }
    scopes[depth] = scope;
    names[depth] = null;
    elements[depth] = -1;
    depth++;
  }

  private Token look() {
    int top = depth - 1;
    skipSpace();
    switch (scopes[top]) {
      case NOTHING_READ -> scopes[top] = Scope.ALL_READ;
      case ALL_READ -> {
        if (at < text.length()) {
          throw new Malformed("something follows it");
        }
        return Token.END;
      }
      case EMPTY_OBJECT, OBJECT -> {
        return lookInObject(top);
      }
      case NAMED -> {
        pass(':');
        scopes[top] = Scope.OBJECT;
      }
      case EMPTY_ARRAY, ARRAY -> {
        if (is(']')) {
          return Token.END_ARRAY;
        }
        if (scopes[top] == Scope.ARRAY) {
          pass(',');
        }
        scopes[top] = Scope.ARRAY;
        elements[top]++;
      }
    }
    return lookAtValue();
  }

  private Token lookInObject(int top) {
    if (is('}')) {
      return Token.END_OBJECT;
    }
    if (scopes[top] == Scope.OBJECT) {
      pass(',');
    }
    if (!is('"')) {
      throw new Malformed();
    }
    return Token.NAME;
  }

  private Token lookAtValue() {
    return switch (at < text.length() ? text.charAt(at) : ' ') {
      case '{' -> Token.BEGIN_OBJECT;
      case '[' -> Token.BEGIN_ARRAY;
      case '"' -> Token.STRING;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Token.NUMBER;
      case 't' -> literal("true", Token.BOOLEAN);
      case 'f' -> literal("false", Token.BOOLEAN);
      case 'n' -> literal("null", Token.NULL);
      default -> throw new Malformed();
    };
  }

  private Token literal(String literal, Token token) {
    if (!text.startsWith(literal, at)) {
      throw new Malformed();
    }
    return token;
  }

  /** What comes behind a number is no part of it. */
  private void requireBreak() {
    boolean goesOn = at < text.length() && !isSpace(text.charAt(at));
    if (goesOn && !is(',') && !is('}') && !is(']')) {
      throw new Malformed();
    }
  }

  private boolean is(char expected) {
    return at < text.length() && text.charAt(at) == expected;
  }

  private void pass(char expected) {
    if (!is(expected)) {
      throw new Malformed();
    }
    at++;
    skipSpace();
  }

  private void skipSpace() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private void digits() {
    int begin = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == begin) {
      throw new Malformed();
    }
  }

  /** Reads a string, whose quotation mark comes next. */
  private String string() {
    int begin = ++at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return text.substring(begin, at++);
      }
      if (c == '\\') {
        return escaped(begin);
      }
      requireNoControl(c, at);
      at++;
    }
    throw new Malformed();
  }

  /** The same once there is an escape in it. */
  private String escaped(int begin) {
    StringBuilder value = new StringBuilder().append(text, begin, at);
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\') {
        value.append(escape());
      } else {
        requireNoControl(c, at - 1);
        value.append(c);
      }
    }
    throw new Malformed();
  }

  private static void requireNoControl(char c, int where) {
    if (c < ' ') {
      throw new Malformed("a bare control character at " + where);
    }
  }

  private char escape() {
    return switch (at < text.length() ? text.charAt(at++) : ' ') {
      case '"' -> '"';
      case '\\' -> '\\';
      case '/' -> '/';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw new Malformed();
    };
  }

  private char unit() {
    if (text.length() - at < 4) {
      throw new Malformed();
    }
    int unit = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = Character.digit(text.charAt(at), 16);
      if (digit < 0 || text.charAt(at) > 'f') {
        throw new Malformed();
      }
      unit = (unit << 4) | digit;
    }
    return (char) unit;
  }
}
