/** Storage in SQL databases. */
module chat.talk.jdbc {
  requires transitive chat.talk;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires java.sql;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;
  requires static org.jetbrains.annotations;

  exports chat.talk.jdbc;
}
