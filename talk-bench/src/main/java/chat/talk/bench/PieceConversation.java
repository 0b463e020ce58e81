package chat.talk.bench;

/** A conversation of pieces, each of which is understood once all of it is there. */
abstract class PieceConversation implements Conversation {
  private final Client client;
  private final MarkScanner marks;

  PieceConversation(Client client, MarkScanner marks) {
    this.client = client;
    this.marks = marks;
  }

  final Client client() {
    return client;
  }

  @Override
  public final int scan(byte[] data, int end) {
    int at = 0;
    while (at < end) {
      int next = piece(data, at, end);
      if (next == at) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /**
   * Understands what begins here.
   *
   * @return where the next piece begins; {@code at} when it isn't there to its end
   */
  abstract int piece(byte[] data, int at, int end);

  /** Tells the client of the message that stands somewhere in a piece. */
  final void message(byte[] data, int from, int to) {
    marks.scan(data, from, to, false);
  }

  /** Where the line feed is that ends what begins here; less than 0 when it isn't there. */
  static int lineFeed(byte[] data, int at, int end) {
    for (int i = at; i < end; i++) {
      if (data[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** The number whose digits end here. */
  static int numberBefore(byte[] data, int end) {
    int number = 0;
    int power = 1;
    for (int i = end - 1; data[i] >= '0' && data[i] <= '9'; i--) {
      number += power * (data[i] - '0');
      power *= 10;
    }
    return number;
  }
}
