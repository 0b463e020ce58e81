package chat.talk.http.internal;

/** Tells the handlers of a connection that the server is going away. */
enum Goodbye {
  GOODBYE
}
