/** Programs of one screen each that show how Talk is used. */
module chat.talk.examples {
  requires chat.talk;
  requires chat.talk.http;
  requires chat.talk.hub;
  requires chat.talk.registry;
}
