/** The registry service: says who lives where, and forgets who is gone. */
module chat.talk.registry {
  requires static org.jetbrains.annotations;
  requires transitive chat.talk;
  requires chat.talk.http;
  requires org.slf4j;

  exports chat.talk.registry;
}
