/** HTTP and WebSocket for Talk: endpoints that serve a registry or a peer, and their clients. */
module chat.talk.http {
  requires transitive chat.talk;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires okhttp3;
  requires okhttp3.sse;
  requires okio;
  requires static transitive org.jetbrains.annotations;
  requires org.slf4j;

  exports chat.talk.http;
}
