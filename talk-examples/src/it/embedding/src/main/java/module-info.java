module app {
  requires chat.talk;
  requires chat.talk.http;
  requires chat.talk.registry;
}
