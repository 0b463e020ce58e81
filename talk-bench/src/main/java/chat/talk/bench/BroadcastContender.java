package chat.talk.bench;

/** What is spoken to as {@link BareNetty}: texts over WebSockets, for all in a room. */
interface BroadcastContender extends Contender {
  @Override
  default Conversation converse(
      Conversation.Client client, MarkScanner marks, int user, String room) {
    return new JoinConversation(client, marks, room);
  }

  @Override
  default byte[] send(String room, String text) {
    return ClientText.frame(text);
  }
}
