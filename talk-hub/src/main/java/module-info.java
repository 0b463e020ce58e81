/** The engine behind rooms. */
module chat.talk.hub {
  requires transitive chat.talk;
  requires org.slf4j;
  requires org.apache.tika.core;
  requires spring.security.crypto;
  requires static org.jetbrains.annotations;

  exports chat.talk.hub;
}
