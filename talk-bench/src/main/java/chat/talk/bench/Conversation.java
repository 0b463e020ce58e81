package chat.talk.bench;

/** What one connection of the load says and understands. For the load's thread. */
interface Conversation {
  /** The connection is there: says what is to be said first. */
  void open();

  /**
   * Reads on.
   *
   * @param data what has been received and not been used yet, from the first byte on
   * @param end how much of it
   * @return how much is used; what is left is to be given again, with more behind it
   */
  int scan(byte[] data, int end);

  /** Hears what there is, in the order in which it came. */
  interface Client {
    /** The server's port. */
    int port();

    void write(byte[] out);

    /** The client is logged in, and in its room. */
    void onReady();

    /** One of what {@link Contender#make} and {@link Contender#enter} ask for is done. */
    void onAnswer();

    /** A mark has been read: the message's sender and its number among what he sends. */
    void onMessage(int stream, int number);

    void onTrouble(String what);
  }
}
