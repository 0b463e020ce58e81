/** The types an application sees of Talk, and the defaults that need nothing but a JDK. */
module chat.talk {
  requires static transitive org.jetbrains.annotations;

  exports chat.talk;
  exports chat.talk.room;
}
