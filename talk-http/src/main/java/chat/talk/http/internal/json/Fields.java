package chat.talk.http.internal.json;

/** Walks through the fields of an object: each that is known at most once, all others skipped. */
final class Fields {
  static final int END = -1;

  private final JsonIn in;
  private final String[] known;
  private int seen;

  /** The one behind the last: whoever writes them in this order is read the quickest. */
  private int likely;

  Fields(JsonIn in, String... known) {
    if (in.peek() != JsonIn.Token.BEGIN_OBJECT) {
      throw Json.wrong(in, "an object");
    }
    in.beginObject();
    this.in = in;
    this.known = known;
  }

  /** The index of the next known field, whose value comes next, or {@link #END}. */
  int next() {
    while (in.hasNext()) {
      int field = in.selectName(likely, known);
      if (field >= 0) {
        likely = field + 1;
        return once(field);
      }
      in.skipValue();
    }
    in.endObject();
    return END;
  }

  private int once(int field) {
    if ((seen & 1 << field) != 0) {
      throw Json.invalid(Json.place(in) + " is given twice");
    }
    seen |= 1 << field;
    return field;
  }
}
