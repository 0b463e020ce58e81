package chat.talk.http.internal.json;

import java.util.Arrays;
import java.util.List;
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

  private final JsonText text;

  /** How many objects and arrays are open, and the whole text around them. */
  private int depth = 1;

  private Scope[] scopes = new Scope[FIRST_DEPTH];

  /** Where in each open object the name begins that was read last; 0 before the first. */
  private int[] names = new int[FIRST_DEPTH];

  /** Which element of each open array was begun last. */
  private int[] elements = new int[FIRST_DEPTH];

  /** What comes next in the text; null when nobody has looked yet. */
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

  /** Reads Unicode, such as was UTF-8 before. */
  JsonIn(String text) {
    this.text = new JsonText(text);
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
    text.pass();
    open(Scope.EMPTY_OBJECT);
  }

  void endObject() {
    take(Token.END_OBJECT);
    text.pass();
    depth--;
  }

  void beginArray() {
    take(Token.BEGIN_ARRAY);
    text.pass();
    open(Scope.EMPTY_ARRAY);
  }

  void endArray() {
    take(Token.END_ARRAY);
    text.pass();
    depth--;
  }

  String nextName() {
    take(Token.NAME);
    int begin = text.at();
    String name = text.string();
    named(begin);
    return name;
  }

  /** Takes the next name, and tells which of these it is; less than 0 when it is none. */
  int selectName(String... known) {
    return selectName(0, known);
  }

  /**
   * The same, somewhat quicker.
   *
   * @param likely the index of the one that it may well be
   */
  int selectName(int likely, String[] known) {
    take(Token.NAME);
    int begin = text.at();
    int found = skipName(likely, known.length, known);
    found = found < 0 ? skipName(0, likely, known) : found;
    if (found < 0 && !text.skipString()) {
      found = List.of(known).indexOf(text.stringAt(begin));
    }
    named(begin);
    return found;
  }

  private int skipName(int from, int to, String[] known) {
    for (int i = from; i < to; i++) {
      if (text.skipString(known[i])) {
        return i;
      }
    }
    return -1;
  }

  private void skipName() {
    take(Token.NAME);
    int begin = text.at();
    text.skipString();
    named(begin);
  }

  private void named(int begin) {
    names[depth - 1] = begin;
    scopes[depth - 1] = Scope.NAMED;
  }

  String nextString() {
    take(Token.STRING);
    return text.string();
  }

  /** The number as it stands there. */
  String nextNumber() {
    take(Token.NUMBER);
    return text.number();
  }

  boolean nextBoolean() {
    take(Token.BOOLEAN);
    boolean value = text.is('t');
    text.goTo(text.at() + (value ? "true".length() : "false".length()));
    return value;
  }

  /** Takes a null, if that is what comes next. */
  boolean skipNull() {
    boolean isThere = peek() == Token.NULL;
    if (isThere) {
      take(Token.NULL);
      text.goTo(text.at() + "null".length());
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
        case NAME -> skipName();
        case STRING -> {
          take(Token.STRING);
          text.skipString();
        }
        case NUMBER -> {
          take(Token.NUMBER);
          text.skipNumber();
        }
        case BOOLEAN -> nextBoolean();
        case NULL -> skipNull();
        case END -> throw new Malformed();
      }
    } while (depth > outside);
  }

  /** The next value, as it stands there. */
  String nextSource() {
    peek();
    int begin = text.at();
    skipValue();
    return text.since(begin);
  }

  /** Reads on, and comes back to what comes next now. */
  <T> T ahead(Function<JsonIn, T> reading) {
    Token nextNow = peek();
    int atNow = text.at();
    int depthNow = depth;
    T read = reading.apply(this);
    next = nextNow;
    text.goTo(atNow);
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
      } else if (names[i] != 0) {
        path.append(path.length() == 0 ? "" : ".").append(text.stringAt(names[i]));
      }
    }
    return path.toString();
  }

  private void take(Token expected) {
    if (peek() != expected) {
      throw new IllegalStateException("there is no " + expected + " at " + text.at());
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
    names[depth] = 0;
    elements[depth] = -1;
    depth++;
  }

  private Token look() {
    int top = depth - 1;
    text.skipSpace();
    switch (scopes[top]) {
      case NOTHING_READ -> scopes[top] = Scope.ALL_READ;
      case ALL_READ -> {
        if (!text.isAtEnd()) {
          throw new Malformed("something follows it");
        }
        return Token.END;
      }
      case EMPTY_OBJECT, OBJECT -> {
        return lookInObject(top);
      }
      case NAMED -> {
        text.pass(':');
        scopes[top] = Scope.OBJECT;
      }
      case EMPTY_ARRAY, ARRAY -> {
        if (text.is(']')) {
          return Token.END_ARRAY;
        }
        if (scopes[top] == Scope.ARRAY) {
          text.pass(',');
        }
        scopes[top] = Scope.ARRAY;
        elements[top]++;
      }
    }
    return lookAtValue();
  }

  private Token lookInObject(int top) {
    if (text.is('}')) {
      return Token.END_OBJECT;
    }
    if (scopes[top] == Scope.OBJECT) {
      text.pass(',');
    }
    if (!text.is('"')) {
      throw new Malformed();
    }
    return Token.NAME;
  }

  private Token lookAtValue() {
    return switch (text.next()) {
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
    text.requireLiteral(literal);
    return token;
  }
}
