/** The engine behind rooms. */
module chat.talk.hub {
  requires transitive chat.talk;
  requires bcrypt;
  requires org.slf4j;
  requires static org.jetbrains.annotations;

  exports chat.talk.hub;
}
