/** Contract tests, a recorder and a settable clock for those who implement or embed Talk. */
module chat.talk.testkit {
  requires transitive chat.talk;
  requires transitive org.junit.jupiter.api;
  requires transitive org.junit.jupiter.params;
  requires org.assertj.core;
  requires static org.jetbrains.annotations;

  exports chat.talk.testkit;

  opens chat.talk.testkit to
      org.junit.platform.commons;
}
