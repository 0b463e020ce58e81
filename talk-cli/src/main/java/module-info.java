/** The program {@code talk}: the one place that wires everything together. */
module chat.talk.cli {
  requires static org.jetbrains.annotations;
  requires chat.talk;
  requires chat.talk.http;
  requires chat.talk.hub;
  requires chat.talk.jdbc;
  requires chat.talk.registry;
  requires HdrHistogram;
  requires com.squareup.moshi;
  requires info.picocli;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires okio;
  requires org.jline.reader;
  requires org.jline.terminal;

  exports chat.talk.cli;

  opens chat.talk.cli to
      info.picocli;
}
